"use client";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { SafeText } from "@/components/ui/safe-text";
import type { Wanted } from "@/lib/client/hooks/use-decide";
import type { Approval } from "@/lib/core/api/approval";
import { parseExact, stringifyExact } from "@/lib/core/exact-json";
import { argumentText } from "./argument-text";

type FormProps = {
  readonly approval: Approval;
  readonly pending: boolean;
  readonly onDecide: (wanted: Wanted) => void;
  readonly onClose: () => void;
  /** Where the form is what stands there at first. */
  readonly onDeny?: () => void;
};

const cannedReasons = ["Not needed", "Wrong target", "Too risky", "Ask me again with less"] as const;
const fieldClass = "w-full rounded-box border border-line-strong bg-panel px-2.5 py-1.5 max-md:text-[16px]";

/** Why not: one click for the usual reasons, or one's own words. */
export function DenyForm({ pending, onDecide, onClose }: FormProps) {
  const [reason, setReason] = useState("");
  const id = useId();
  const deny = (comment: string) => onDecide({ decision: "deny", ...(comment.trim() === "" ? {} : { comment: comment.trim() }) });
  return (
    <Form onSubmit={() => deny(reason)} onClose={onClose} submit="Deny" danger disabled={pending}>
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="mb-1 text-meta text-muted">Reason, if the agent should know</legend>
        {cannedReasons.map((each) => (
          <Button key={each} size="small" aria-pressed={reason === each} disabled={pending} onClick={() => deny(each)}>
            {each}
          </Button>
        ))}
      </fieldset>
      <label htmlFor={id} className="sr-only">
        Reason in your own words
      </label>
      <textarea
        id={id}
        // The form was asked for by its button or its key: what comes next is typing.
        ref={focusOnce}
        rows={2}
        maxLength={4_000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        placeholder="Or in your own words"
        className={fieldClass}
      />
    </Form>
  );
}

/** The arguments as text; what is no JSON cannot be sent. */
export function EditForm({ approval, pending, onDecide, onClose }: FormProps) {
  const [text, setText] = useState(() => argumentText(approval.arguments));
  const id = useId();
  const parsed = parseJson(text);
  const unchanged = parsed.ok && stringifyExact(parsed.value) === stringifyExact(approval.arguments);
  return (
    <Form
      onSubmit={() => parsed.ok && onDecide({ decision: "edit", editedArguments: parsed.value })}
      onClose={onClose}
      submit="Approve with these arguments"
      disabled={pending || !parsed.ok || unchanged}
    >
      <label htmlFor={id} className="text-meta text-muted">
        Arguments to use instead
      </label>
      <textarea
        id={id}
        ref={focusOnce}
        rows={Math.min(16, text.split("\n").length + 1)}
        spellCheck={false}
        value={text}
        aria-invalid={!parsed.ok}
        onChange={(event) => setText(event.target.value)}
        className={`${fieldClass} font-code`}
      />
      {!parsed.ok && <p className="text-failed">{parsed.message}</p>}
    </Form>
  );
}

/** One of the choices, free text, or JSON where the request has a schema for it. */
export function AnswerForm({ approval, pending, onDecide, onClose, onDeny }: FormProps) {
  const [text, setText] = useState("");
  const id = useId();
  const answer = (value: unknown) => onDecide({ decision: "answer", answer: value });
  if (approval.choices !== null)
    return (
      <fieldset className="flex flex-wrap items-center gap-1.5">
        <legend className="mb-1 text-meta text-muted">Your answer</legend>
        {approval.choices.map((choice) => (
          <Button key={choice} disabled={pending} onClick={() => answer(choice)}>
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
  const wantsJson = approval.schema !== null && approval.schema !== undefined;
  const parsed = wantsJson ? parseJson(text) : ({ ok: true, value: text.trim() } as const);
  return (
    <Form
      onSubmit={() => parsed.ok && answer(parsed.value)}
      onClose={onClose}
      submit="Send the answer"
      disabled={pending || text.trim() === "" || !parsed.ok}
    >
      <label htmlFor={id} className="text-meta text-muted">
        {wantsJson ? "Your answer, as JSON that fits this schema" : "Your answer"}
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

type FrameProps = {
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly submit: string;
  readonly danger?: boolean;
  readonly disabled: boolean;
  readonly children: ReactNode;
};

function Form({ onSubmit, onClose, submit, danger = false, disabled, children }: FrameProps) {
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled) onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !disabled) onSubmit();
      }}
    >
      {children}
      <div className="flex gap-2">
        <Button type="submit" look={danger ? "danger" : "solid"} size="large" disabled={disabled}>
          {submit}
        </Button>
        <Button look="quiet" size="large" onClick={onClose}>
          Back
        </Button>
      </div>
    </form>
  );
}

function focusOnce(field: HTMLTextAreaElement | null): void {
  field?.focus({ preventScroll: true });
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: parseExact(text) };
  } catch (error) {
    return { ok: false, message: `This is no JSON yet: ${error instanceof Error ? error.message : "it cannot be read"}` };
  }
}
