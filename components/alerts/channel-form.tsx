"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogCancel } from "@/components/ui/dialog";
import { SelectField, TextField } from "@/components/ui/field";
import type { NewAlertChannel } from "@/lib/core/alerts/channel";
import { type ChannelKind, channelKinds } from "@/lib/core/alerts/words";

type ChannelFormProps = {
  /** Whether the server can send e-mail. */
  readonly email: boolean;
  readonly pending: boolean;
  readonly onCreate: (channel: NewAlertChannel) => void;
};

const words: Readonly<Record<ChannelKind, string>> = {
  webhook: "Signed webhook",
  slack: "Slack, or a compatible webhook",
  email: "E-mail",
};
const addressLabels: Readonly<Record<ChannelKind, string>> = {
  webhook: "URL",
  slack: "Incoming webhook URL",
  email: "Addresses, separated by commas",
};
const examples: Readonly<Record<ChannelKind, string>> = {
  webhook: "https://example.com/hooks/alerts",
  slack: "https://hooks.slack.com/services/...",
  email: "ops@example.com, on-call@example.com",
};

export function ChannelForm({ email, pending, onCreate }: ChannelFormProps) {
  const [kind, setKind] = useState<ChannelKind>("slack");
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const impossible = kind === "email" && !email;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const to = address.split(/[,;\s]+/).filter((one) => one !== "");
        onCreate(kind === "email" ? { kind, name: name.trim(), to } : { kind, name: name.trim(), url: address.trim() });
      }}
    >
      <SelectField
        label="Type"
        value={kind}
        onChange={(event) => setKind(channelKinds.find((one) => one === event.target.value) ?? "webhook")}
      >
        {channelKinds.map((one) => (
          <option key={one} value={one}>
            {words[one]}
          </option>
        ))}
      </SelectField>
      <TextField label="Name" required data-autofocus maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <TextField
        label={addressLabels[kind]}
        required
        autoComplete="off"
        spellCheck={false}
        value={address}
        placeholder={examples[kind]}
        onChange={(event) => setAddress(event.target.value)}
        hint={kind === "slack" ? "Stored encrypted: anyone who has it can post." : undefined}
      />
      {impossible && (
        <p className="text-failed">E-mail is not set up. Set WATCHFLOOR_SMTP_URL and WATCHFLOOR_SMTP_FROM, then restart the server.</p>
      )}
      <div className="flex justify-end gap-2">
        <DialogCancel>Cancel</DialogCancel>
        <Button look="solid" type="submit" disabled={pending || impossible || name.trim() === "" || address.trim() === ""}>
          Create channel
        </Button>
      </div>
    </form>
  );
}
