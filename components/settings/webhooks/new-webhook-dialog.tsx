"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import type { NewWebhook, WebhookWithSecret } from "@/lib/client/hooks/use-webhooks";
import { eventChoices, typedPatterns } from "./event-choices";
import { SecretBox } from "./secret-box";

type NewWebhookDialogProps = {
  readonly onClose: () => void;
  readonly onCreate: (webhook: NewWebhook) => void;
  readonly pending: boolean;
  readonly error: Error | null;
  /** The webhook that was just made: its secret is shown this once. */
  readonly made: WebhookWithSecret | null;
};

export function NewWebhookDialog({ onClose, onCreate, pending, error, made }: NewWebhookDialogProps) {
  if (made)
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title="Copy the secret now"
        description="Your receiver needs it to check signatures. It is shown this once; here it is kept encrypted."
      >
        <SecretBox secret={made.secret} />
        <div className="mt-4 flex justify-end">
          <Button look="solid" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog open onOpenChange={onClose} title="New webhook">
      <WebhookForm onCreate={onCreate} onClose={onClose} pending={pending} />
      {error && <ErrorState className="mt-3" title="The webhook could not be made." error={error} />}
    </Dialog>
  );
}

function WebhookForm({ onCreate, onClose, pending }: Pick<NewWebhookDialogProps, "onClose" | "onCreate" | "pending">) {
  const [url, setUrl] = useState("");
  const [description, setDescription] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(["session.*"]);
  const [typed, setTyped] = useState("");
  const [secret, setSecret] = useState("");
  const events = [...new Set([...chosen, ...typedPatterns(typed)])];
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onCreate({
          url: url.trim(),
          events,
          ...(description.trim() === "" ? {} : { description: description.trim() }),
          ...(secret === "" ? {} : { secret }),
        });
      }}
    >
      <TextField
        label="Address"
        required
        data-autofocus
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        placeholder="https://example.com/hooks/watchfloor"
      />
      <EventFields chosen={chosen} onChoose={setChosen} typed={typed} onType={setTyped} />
      <TextField
        label="Description"
        maxLength={200}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
        placeholder="Who listens there"
      />
      <TextField
        label="Secret"
        autoComplete="off"
        spellCheck={false}
        minLength={8}
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        placeholder="Left empty, a strong one is made"
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="solid" type="submit" disabled={pending || url.trim() === "" || events.length === 0}>
          {pending ? "Making the webhook" : "Make the webhook"}
        </Button>
      </div>
    </form>
  );
}

type EventFieldsProps = {
  readonly chosen: readonly string[];
  readonly onChoose: (patterns: readonly string[]) => void;
  readonly typed: string;
  readonly onType: (text: string) => void;
};

function EventFields({ chosen, onChoose, typed, onType }: EventFieldsProps) {
  const toggle = (pattern: string) => onChoose(chosen.includes(pattern) ? chosen.filter((one) => one !== pattern) : [...chosen, pattern]);
  return (
    <fieldset>
      <legend className="text-meta text-muted">What it is told</legend>
      <div className="mt-1 mb-2 divide-y rounded-box border">
        {eventChoices.map(({ pattern, words }) => (
          <label key={pattern} className="flex h-8 items-center gap-2.5 px-2.5 hover:bg-hover pointer-coarse:h-11">
            <input type="checkbox" checked={chosen.includes(pattern)} onChange={() => toggle(pattern)} className="accent-(--accent)" />
            <span className="min-w-0 flex-1 truncate">{words}</span>
            <span className="font-code text-faint">{pattern}</span>
          </label>
        ))}
      </div>
      <TextField
        label="Other types"
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => onType(event.target.value)}
        placeholder="run.succeeded, run.failed, webhook.failed"
        hint="Between commas. run.succeeded and run.failed come in Crewship's words and headers."
      />
    </fieldset>
  );
}
