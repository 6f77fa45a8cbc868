"use client";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { stringifyExact } from "@/lib/core/exact-json";
import { argumentText } from "./argument-text";
import { Form, type FormProps, fieldClass, focusOnce, parseJson } from "./decide-frame";

const cannedReasons = ["Not needed", "Wrong target", "Too risky", "Ask again for less"] as const;

/** Why not: one click for the usual reasons, or one's own words. */
export function DenyForm({ pending, onDecide, onClose }: FormProps) {
  const [reason, setReason] = useState("");
  const id = useId();
  const deny = (comment: string) => onDecide({ decision: "deny", ...(comment.trim() === "" ? {} : { comment: comment.trim() }) });
  return (
    <Form onSubmit={() => deny(reason)} onClose={onClose} submit="Deny" danger disabled={pending}>
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="mb-1 text-meta text-muted">Reason for the agent (optional)</legend>
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
      {unchanged && <p className="text-meta text-muted">Nothing has changed yet. Go back to approve it as it is.</p>}
    </Form>
  );
}
