"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogCancel } from "@/components/ui/dialog";
import { SelectField, TextField } from "@/components/ui/field";
import type { AlertChannel } from "@/lib/core/alerts/channel";
import type { NewAlertRule } from "@/lib/core/alerts/rule";
import { type AlertKind, alertKinds } from "@/lib/core/alerts/words";
import { type Dialect, dialectLabels, dialects } from "@/lib/core/dialect";
import { kindWords } from "./alert-looks";
import { asKind, figuresOf, readRule, type WrittenRule, writtenOf } from "./written-rule";

type RuleFormProps = {
  /** The rule that is changed; null = a new one. */
  readonly rule: NewAlertRule | null;
  readonly channels: readonly AlertChannel[];
  readonly pending: boolean;
  readonly onSave: (rule: NewAlertRule) => void;
  /** What the rule would have told of, for what is written now; null = it is not whole. */
  readonly preview: (rule: NewAlertRule | null) => ReactNode;
};

const named: Readonly<Record<AlertKind, string>> = {
  ...{ "run-failed": "Run", "error-rate": "Run", waiting: "Run", stalled: "Run" },
  ...{ "no-data": "Source", "budget-crossed": "Budget" },
};

/** A rule as it is being written, with what it would have told of below. */
export function RuleForm({ rule, channels, pending, onSave, preview }: RuleFormProps) {
  const [written, setWritten] = useState(() => writtenOf(rule));
  const set = (change: Partial<WrittenRule>) => setWritten((before) => ({ ...before, ...change }));
  // A new one is called by what it watches unless it is named: its look back needs no name.
  const usualName = rule === null ? kindWords[written.kind] : "";
  const read = readRule(written.name.trim() === "" ? { ...written, name: usualName } : written, rule?.enabled ?? true);
  const wanted = "rule" in read ? read.rule : null;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted) onSave(wanted);
      }}
    >
      <TextField
        label="Name"
        required={rule !== null}
        placeholder={usualName}
        data-autofocus
        maxLength={100}
        value={written.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      {rule === null && (
        <SelectField label="Condition" value={written.kind} onChange={(event) => set(asKind(event.target.value))}>
          {alertKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindWords[kind]}
            </option>
          ))}
        </SelectField>
      )}
      <Figures written={written} set={set} />
      <Filters written={written} set={set} />
      <ChannelChoice channels={channels} chosen={written.channels} onChoose={(next) => set({ channels: next })} />
      {preview(wanted)}
      {"fault" in read && (
        <p role="alert" className="text-failed">
          {read.fault}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <DialogCancel>Cancel</DialogCancel>
        <Button look="solid" type="submit" disabled={pending || wanted === null}>
          {rule === null ? "Create rule" : "Save rule"}
        </Button>
      </div>
    </form>
  );
}

type PartProps = { readonly written: WrittenRule; readonly set: (change: Partial<WrittenRule>) => void };

function Figures({ written, set }: PartProps) {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      {figuresOf(written.kind).map(({ name, label, optional }) => (
        <TextField
          key={name}
          label={label}
          inputMode="decimal"
          autoComplete="off"
          placeholder={optional ? "none" : undefined}
          value={written[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      ))}
    </div>
  );
}

function Filters({ written, set }: PartProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {written.kind !== "budget-crossed" && (
        <SelectField label="System" value={written.dialect} onChange={(event) => set({ dialect: event.target.value as Dialect | "" })}>
          <option value="">any</option>
          {dialects.map((dialect) => (
            <option key={dialect} value={dialect}>
              {dialectLabels[dialect]}
            </option>
          ))}
        </SelectField>
      )}
      {written.kind !== "budget-crossed" && (
        <AnyField label="Environment" maxLength={40} value={written.environment} onValue={(environment) => set({ environment })} />
      )}
      {written.kind !== "no-data" && <AnyField label="Agent" value={written.agent} onValue={(agent) => set({ agent })} />}
      <AnyField label={`${named[written.kind]} name contains`} value={written.q} onValue={(q) => set({ q })} />
    </div>
  );
}

type AnyFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly maxLength?: number;
  readonly onValue: (value: string) => void;
};

/** Narrows a rule; empty, it does not. */
function AnyField({ maxLength = 200, onValue, ...field }: AnyFieldProps) {
  return <TextField {...field} placeholder="any" maxLength={maxLength} onChange={(event) => onValue(event.target.value)} />;
}

type ChannelChoiceProps = {
  readonly channels: readonly AlertChannel[];
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
};

function ChannelChoice({ channels, chosen, onChoose }: ChannelChoiceProps) {
  if (channels.length === 0)
    return <p className="text-meta text-muted">Alerts show here and in open browsers. Set up chat, e-mail and webhooks under Channels.</p>;
  return (
    <fieldset>
      <legend className="text-meta text-muted">Also notify</legend>
      <div className="mt-1 divide-y rounded-box border">
        {channels.map(({ id, name, address }) => (
          <label key={id} className="flex h-8 items-center gap-2.5 px-2.5 hover:bg-hover pointer-coarse:h-11">
            <input
              type="checkbox"
              className="accent-(--accent)"
              checked={chosen.includes(id)}
              onChange={() => onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])}
            />
            <span className="max-w-[60%] shrink-0 truncate">{name}</span>
            <span className="ml-auto min-w-0 truncate text-faint text-meta">{address}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
