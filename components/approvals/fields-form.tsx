"use client";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { SafeText } from "@/components/ui/safe-text";
import { type AnswerField, filledAnswer } from "@/lib/core/approvals/answer-form";
import { Form, type FormProps, fieldClass, focusOnce } from "./decide-frame";

type FieldsFormProps = FormProps & { readonly fields: readonly AnswerField[]; readonly onByHand: () => void };

/** The answer that a schema asks for, field by field. What is missing is said once somebody tried to send it. */
export function FieldsForm({ fields, pending, onDecide, onClose, onByHand }: FieldsFormProps) {
  const [written, setWritten] = useState(() => fields.map((field) => field.initial));
  const [tried, setTried] = useState(false);
  const filled = filledAnswer(fields, written);
  const send = () => {
    setTried(true);
    if (filled.ok) onDecide({ decision: "answer", answer: filled.value });
  };
  const write = (at: number, text: string) => setWritten((all) => all.with(at, text));
  return (
    <Form
      onSubmit={send}
      onClose={onClose}
      submit="Send answer"
      disabled={pending}
      aside={
        <Button look="quiet" size="large" onClick={onByHand} className="ml-auto">
          Edit as JSON
        </Button>
      }
    >
      <div className="flex max-h-[60dvh] flex-col gap-3 overflow-y-auto rounded-box border bg-panel p-3">
        {fields.map((field, at) => (
          <Labelled key={field.name} field={field} problem={tried && !filled.ok ? (filled.problems[at] ?? null) : null}>
            {(named) => <Control {...named} field={field} first={at === 0} text={written[at] ?? ""} onWrite={(text) => write(at, text)} />}
          </Labelled>
        ))}
      </div>
    </Form>
  );
}

type Named = { readonly id: string; readonly "aria-describedby": string | undefined; readonly "aria-invalid": boolean };
type LabelledProps = {
  readonly field: AnswerField;
  readonly problem: string | null;
  readonly children: (named: Named) => ReactNode;
};

function Labelled({ field, problem, children }: LabelledProps) {
  const id = useId();
  const said = field.hint !== null || problem !== null;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-meta text-muted">
        <SafeText text={field.label} />
        {!field.required && <span className="text-faint"> (optional)</span>}
      </label>
      <div className="mt-1">{children({ id, "aria-describedby": said ? `${id}-said` : undefined, "aria-invalid": problem !== null })}</div>
      {said && (
        <p id={`${id}-said`} className="mt-1 text-meta">
          {problem !== null && <span className="text-failed">{problem}. </span>}
          {field.hint !== null && (
            <span className="text-faint">
              <SafeText text={field.hint} />
            </span>
          )}
        </p>
      )}
    </div>
  );
}

type ControlProps = Named & {
  readonly field: AnswerField;
  readonly first: boolean;
  readonly text: string;
  readonly onWrite: (text: string) => void;
};

function Control({ field, first, text, onWrite, ...named }: ControlProps) {
  const focus = first ? { ref: focusOnce } : {};
  if (field.kind === "choice" || field.kind === "yes-no")
    return (
      <select {...named} {...focus} value={text} onChange={(event) => onWrite(event.target.value)} className={`${fieldClass} max-w-96`}>
        <option value="">{field.required ? "choose" : "not set"}</option>
        {field.kind === "yes-no" ? (
          <>
            <option value="true">yes</option>
            <option value="false">no</option>
          </>
        ) : (
          field.options.map((option, at) => (
            <option key={String(option)} value={at}>
              {String(option)}
            </option>
          ))
        )}
      </select>
    );
  if (field.kind === "text")
    return (
      <textarea
        {...named}
        {...focus}
        rows={1}
        maxLength={Math.min(field.maxLength ?? 20_000, 20_000)}
        value={text}
        onChange={(event) => onWrite(event.target.value)}
        className={`${fieldClass} block [field-sizing:content] max-h-48`}
      />
    );
  return (
    <input
      {...named}
      {...focus}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={(event) => onWrite(event.target.value)}
      className={`${fieldClass} figures max-w-48`}
    />
  );
}
