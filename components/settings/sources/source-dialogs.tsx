"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SelectField, TextField } from "@/components/ui/field";
import type { NewSource, NewStream, Source, SourceChange } from "@/lib/core/api/source";
import { type Dialect, dialectLabels, dialects } from "@/lib/core/dialect";

type Asking = { readonly pending: boolean; readonly error: Error | null; readonly onClose: () => void };

/** One line of text that is no prose. */
const exact = { autoComplete: "off", spellCheck: false } as const;

type FormProps = Asking & {
  readonly title: string;
  readonly description?: string;
  readonly action: string;
  readonly failed: string;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
};

function FormDialog({ title, description, action, failed, pending, error, onClose, onSubmit, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog open busy={pending} onOpenChange={onClose} title={title} description={description}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        {children}
        {error && <ErrorState title={failed} error={error} />}
        <div className="flex justify-end gap-2">
          <DialogCancel>Cancel</DialogCancel>
          <Button look="solid" type="submit" disabled={pending}>
            {pending ? "Saving" : action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const addressHints: Record<Dialect, string> = {
  shannon: "https://shannon.example.com:8080",
  "agent-os": "",
  powabase: "https://ref.p.powabase.ai/api",
  crewship: "https://api.crewship.dev",
  resonant: "https://resonantgenesis.xyz/api/v1",
};

export function NewSourceDialog({ onCreate, ...asking }: Asking & { readonly onCreate: (wanted: NewSource) => void }) {
  const [dialect, setDialect] = useState<Dialect>("shannon");
  const [name, setName] = useState("default");
  const [environment, setEnvironment] = useState("");
  const [address, setAddress] = useState("");
  const [token, setToken] = useState("");
  const create = () =>
    onCreate({
      dialect,
      name: name.trim(),
      ...(environment.trim() === "" ? {} : { environment: environment.trim() }),
      ...(address.trim() === "" ? {} : { address: address.trim() }),
      ...(token.trim() === "" ? {} : { token: token.trim() }),
    });
  return (
    <FormDialog {...asking} title="Add source" action="Add source" failed="The source could not be added." onSubmit={create}>
      <SelectField label="System" data-autofocus value={dialect} onChange={(event) => setDialect(event.target.value as Dialect)}>
        {dialects.map((each) => (
          <option key={each} value={each}>
            {dialectLabels[each]}
          </option>
        ))}
      </SelectField>
      <TextField
        {...exact}
        label="Name"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        hint="What senders pass in ?source=; otherwise “default”."
      />
      <EnvironmentField value={environment} onChange={setEnvironment} />
      <AddressFields {...{ dialect, address, token }} onAddress={setAddress} onToken={setToken} />
    </FormDialog>
  );
}

type EditSourceDialogProps = Asking & { readonly source: Source; readonly onChange: (change: SourceChange) => void };

export function EditSourceDialog({ source, onChange, ...asking }: EditSourceDialogProps) {
  const [environment, setEnvironment] = useState(source.environment ?? "");
  const [address, setAddress] = useState(source.address ?? "");
  const [token, setToken] = useState("");
  const leavesToken = source.hasToken && originOf(address.trim()) !== originOf(source.address ?? "");
  const change = () =>
    onChange({
      environment: environment.trim() || null,
      address: address.trim() || null,
      ...(token.trim() === "" ? {} : { token: token.trim() }),
      ...(token.trim() === "" && leavesToken ? { token: null } : {}),
    });
  return (
    <FormDialog
      {...asking}
      title={`Edit ${dialectLabels[source.dialect]}, ${source.name}`}
      action="Save"
      failed="The source could not be changed."
      onSubmit={change}
    >
      <EnvironmentField value={environment} onChange={setEnvironment} />
      <AddressFields
        {...{ dialect: source.dialect, address, token }}
        known={leavesToken ? "elsewhere" : source.hasToken ? "here" : "none"}
        onAddress={setAddress}
        onToken={setToken}
      />
    </FormDialog>
  );
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}

function EnvironmentField({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <TextField
      {...exact}
      label="Environment"
      maxLength={40}
      value={value}
      placeholder="production"
      onChange={(event) => onChange(event.target.value)}
      hint="For the runs from this source. Costs and lists can be grouped by it."
    />
  );
}

type AddressFieldsProps = {
  readonly dialect: Dialect;
  readonly address: string;
  readonly token: string;
  /** Whether there is a token already, and for this host. */
  readonly known?: keyof typeof tokenWords;
  readonly onAddress: (text: string) => void;
  readonly onToken: (text: string) => void;
};

const tokenWords = {
  none: { placeholder: "Sent to this host only" },
  here: { placeholder: "Leave empty to keep the token" },
  elsewhere: {
    placeholder: "Leave empty to remove the token",
    hint: "The current token is only sent to its own host. Enter it again for another host.",
  },
} as const;

function AddressFields({ dialect, address, token, known = "none", onAddress, onToken }: AddressFieldsProps) {
  return (
    <>
      <TextField
        {...exact}
        label="URL"
        type="url"
        value={address}
        placeholder={addressHints[dialect]}
        onChange={(event) => onAddress(event.target.value)}
        hint="Where the system itself listens. Decisions and control requests go there if it has endpoints for them."
      />
      <TextField
        {...exact}
        label="Token"
        type="password"
        value={token}
        onChange={(event) => onToken(event.target.value)}
        {...tokenWords[known]}
      />
    </>
  );
}

const streamHints: Record<Dialect, string> = {
  shannon: "/api/v1/stream/sse?workflow_id=",
  "agent-os": "",
  powabase: "/api/agents/{id}/run/stream",
  crewship: "/v1/runs/{id}/events",
  resonant: "/api/v1/events/subscribe",
};

type FollowDialogProps = Asking & { readonly source: Source; readonly onFollow: (wanted: NewStream) => void };

/** Paste a stream's URL. Powabase's streams are opened by the request that runs the agent. */
export function FollowDialog({ source, onFollow, ...asking }: FollowDialogProps) {
  const posts = source.dialect === "powabase";
  const [url, setUrl] = useState((source.address?.replace(/\/$/, "") ?? "") + streamHints[source.dialect]);
  const [run, setRun] = useState("");
  const [message, setMessage] = useState("");
  const follow = () =>
    onFollow({ url: url.trim(), ...(run.trim() === "" ? {} : { run: run.trim() }), ...(posts ? { body: { message } } : {}) });
  return (
    <FormDialog {...asking} title="Follow a stream" action="Follow stream" failed="The stream could not be followed." onSubmit={follow}>
      <TextField
        {...exact}
        label="Stream"
        required
        data-autofocus
        type="url"
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        hint={`${source.hasToken ? "Opened with the source's token." : "Opened without a token."} Duplicates are dropped.`}
      />
      {posts ? (
        <TextField
          label="Message"
          required
          value={message}
          onChange={(event) => setMessage(event.target.value)}
          hint="This runs the agent once. A stream that breaks is not reopened."
        />
      ) : (
        <TextField
          {...exact}
          label="Run"
          value={run}
          maxLength={512}
          placeholder="Read from the URL"
          onChange={(event) => setRun(event.target.value)}
          hint="Only for events that name no run."
        />
      )}
    </FormDialog>
  );
}
