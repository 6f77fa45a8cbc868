"use client";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { SafeText } from "@/components/ui/safe-text";
import { answerFields } from "@/lib/core/approvals/answer-form";
import { argumentText } from "./argument-text";
import { Form, type FormProps, fieldClass, focusOnce, parseJson } from "./decide-frame";
import { FieldsForm } from "./fields-form";

type AnswerFormProps = FormProps & {
  /** Where the form is what stands there at first. */
  readonly onDeny?: () => void;
};

/** One of the choices, a form, JSON where the schema is more than a form can say, or free text. */
export function AnswerForm({ onDeny, ...form }: AnswerFormProps) {
  const { approval } = form;
  const [byHand, setByHand] = useState(false);
  if (approval.choices !== null) return <Choices {...form} choices={approval.choices} {...(onDeny ? { onDeny } : {})} />;
  const fields = answerFields(approval.schema);
  if (fields && !byHand) return <FieldsForm {...form} fields={fields} onByHand={() => setByHand(true)} />;
  return <TextForm {...form} wantsJson={approval.schema !== null && approval.schema !== undefined} />;
}

function Choices({ choices, pending, onDecide, onDeny }: AnswerFormProps & { readonly choices: readonly string[] }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5 thumb:max-h-[45dvh] thumb:overflow-y-auto max-md:flex-col max-md:flex-nowrap max-md:items-stretch">
      <legend className="mb-1 text-meta text-muted">Your answer</legend>
      {choices.map((choice) => (
        <Button
          key={choice}
          disabled={pending}
          onClick={() => onDecide({ decision: "answer", answer: choice })}
          className="h-auto min-h-7 max-w-full shrink! whitespace-normal! py-1 text-left [overflow-wrap:anywhere] max-md:min-h-11 pointer-coarse:min-h-11 max-md:shrink-0!"
        >
          <SafeText text={choice} />
        </Button>
      ))}
      {onDeny && (
        <Button look="quiet" disabled={pending} onClick={onDeny}>
          Deny
        </Button>
      )}
    </fieldset>
  );
}

function TextForm({ approval, pending, onDecide, onClose, wantsJson }: FormProps & { readonly wantsJson: boolean }) {
  const [text, setText] = useState("");
  const id = useId();
  const parsed = wantsJson ? parseJson(text) : ({ ok: true, value: text.trim() } as const);
  return (
    <Form
      onSubmit={() => parsed.ok && onDecide({ decision: "answer", answer: parsed.value })}
      onClose={onClose}
      submit="Send answer"
      disabled={pending || text.trim() === "" || !parsed.ok}
    >
      <label htmlFor={id} className="text-meta text-muted">
        {wantsJson ? "Your answer, as JSON matching this schema" : "Your answer"}
      </label>
      {wantsJson && (
        <pre className="max-h-40 overflow-auto whitespace-pre-wrap break-words rounded-box border bg-inset p-2 font-code text-muted">
          <SafeText text={argumentText(approval.schema)} clamp={4_000} />
        </pre>
      )}
      <textarea
        id={id}
        ref={focusOnce}
        rows={3}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={wantsJson ? `${fieldClass} font-code` : fieldClass}
      />
      {!parsed.ok && text.trim() !== "" && <p className="text-failed">{parsed.message}</p>}
    </Form>
  );
}
