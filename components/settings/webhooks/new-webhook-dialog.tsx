"use client";
import { useState } from "react";
import { CheckList } from "@/components/ui/check-list";
import { TextField } from "@/components/ui/field";
import type { NewWebhook, WebhookWithSecret } from "@/lib/client/hooks/use-webhooks";
import { MakeDialog } from "../make-dialog";
import { eventChoices, typedPatterns } from "./event-choices";

type NewWebhookDialogProps = {
  readonly onClose: () => void;
  readonly onCreate: (webhook: NewWebhook) => void;
  readonly pending: boolean;
  readonly error: Error | null;
  /** The webhook that was just made. */
  readonly made: WebhookWithSecret | null;
};

const madeWords = "Your receiver needs it to verify signatures. It is shown only once and stored encrypted.";

export function NewWebhookDialog({ onCreate, made, ...dialog }: NewWebhookDialogProps) {
  const [url, setUrl] = useState("");
  const [description, setDescription] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(["session.*"]);
  const [typed, setTyped] = useState("");
  const [secret, setSecret] = useState("");
  const events = [...new Set([...chosen, ...typedPatterns(typed)])];
  const told = {
    ...(description.trim() === "" ? {} : { description: description.trim() }),
    ...(secret === "" ? {} : { secret }),
  };
  return (
    <MakeDialog
      {...dialog}
      title="New webhook"
      noun="webhook"
      made={made && { secret: made.secret, what: "secret", description: madeWords }}
      ready={url.trim() !== "" && events.length > 0}
      onMake={() => onCreate({ url: url.trim(), events, ...told })}
    >
      <TextField
        label="URL"
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
      <CheckList<string> title="Events" choices={eventChoices} chosen={chosen} onChoose={setChosen}>
        <TextField
          className="mt-2"
          label="Other types"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder="run.succeeded, run.failed, webhook.failed"
          hint="Separated by commas. run.succeeded and run.failed use Crewship's format and headers."
        />
      </CheckList>
      <TextField
        label="Description"
        maxLength={200}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
        placeholder="What it is for"
      />
      <TextField
        label="Secret"
        autoComplete="off"
        spellCheck={false}
        minLength={8}
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        placeholder="Leave empty to generate a strong one"
      />
    </MakeDialog>
  );
}
