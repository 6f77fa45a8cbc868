"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { useRedactionTrial } from "@/lib/client/hooks/use-redaction";
import type { OwnPattern, RedactionPolicy } from "@/lib/core/redaction/policy";
import { OutcomeText } from "./outcome-text";

type PatternDialogProps = {
  readonly policy: RedactionPolicy;
  /** Gives why it was not added; null = it was. */
  readonly onAdd: (pattern: OwnPattern) => Promise<Error | null>;
  readonly onClose: () => void;
};

const nothing = { credentials: false, emails: false, cards: false, fields: [] };

/** A new pattern, tried on a text before it holds. */
export function PatternDialog({ policy, onAdd, onClose }: PatternDialogProps) {
  const [name, setName] = useState("");
  const [pattern, setPattern] = useState("");
  const [text, setText] = useState("");
  const [saving, setSaving] = useState<"no" | "yes" | Error>("no");
  const isSaving = saving === "yes";
  // While it is being saved the policy is shown with it.
  const isTaken = !isSaving && policy.patterns.some((each) => each.name === name.trim());
  // A pattern alone, and also without a text: whether it can be read is known as it is typed.
  const trial = useRedactionTrial({ ...nothing, patterns: pattern === "" ? [] : [{ name: "it", pattern }] }, text || " .");
  const ready = name.trim() !== "" && !isTaken && pattern !== "" && !trial.error && !trial.isPlaceholderData;
  return (
    <Dialog
      open
      busy={isSaving}
      onOpenChange={onClose}
      title="New pattern"
      description="Whatever it matches is redacted from every text, from now on."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setSaving("yes");
          void onAdd({ name: name.trim(), pattern }).then((failure) => setSaving(failure ?? "no"));
        }}
      >
        <TextField
          label="Name"
          required
          data-autofocus
          maxLength={40}
          placeholder="employee number"
          value={name}
          onChange={(event) => setName(event.target.value)}
          hint={isTaken ? "A pattern with this name already exists." : "Shown in place of the redacted text."}
        />
        <TextField
          label="Regular expression"
          required
          maxLength={500}
          spellCheck={false}
          autoComplete="off"
          placeholder="EMP-\d{6}"
          value={pattern}
          aria-invalid={trial.error !== null}
          onChange={(event) => setPattern(event.target.value)}
          hint={
            trial.error ? (
              <span className="text-failed">{trial.error.message}</span>
            ) : (
              "RE2 syntax: no backreferences, no lookaround. (?i) at the start ignores case."
            )
          }
        />
        <TextField
          label="Try it on"
          spellCheck={false}
          autoComplete="off"
          placeholder="Paid to EMP-104233"
          value={text}
          onChange={(event) => setText(event.target.value)}
          hint={text !== "" && trial.data && !trial.error && <OutcomeText outcome={trial.data} />}
        />
        <div className="flex justify-end gap-2">
          <DialogCancel>Cancel</DialogCancel>
          <Button look="solid" type="submit" disabled={!ready || isSaving}>
            {isSaving ? "Saving" : "Save pattern"}
          </Button>
        </div>
        {saving instanceof Error && <ErrorState title="The pattern could not be saved." error={saving} />}
      </form>
    </Dialog>
  );
}
