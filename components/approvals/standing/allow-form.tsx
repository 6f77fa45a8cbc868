"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { SafeText } from "@/components/ui/safe-text";
import type { Approval } from "@/lib/core/api/approval";
import { stringifyExact } from "@/lib/core/exact-json";
import { isJsonObject, type Json } from "@/lib/core/json";
import type { NewStanding } from "@/lib/core/standing/standing";
import { focusOnce } from "../decide-frame";
import { firstRule, rulesFor, ruleWords, standingFrom, type WrittenRule, type WrittenStanding } from "./standing-words";

type AllowFormProps = {
  readonly approval: Approval;
  readonly pending: boolean;
  readonly onAllow: (standing: NewStanding) => void;
  readonly onClose: () => void;
};

/** Approve this one, and say which of the next ones nobody has to ask about. Everything is the same unless it is loosened here. */
export function AllowForm({ approval, pending, onAllow, onClose }: AllowFormProps) {
  const asked = argumentsOf(approval);
  const [written, setWritten] = useState<WrittenStanding>(() => ({
    ...{ scope: "run", uses: "5", minutes: "30", dollars: "", allowExtra: false },
    rules: Object.fromEntries(asked.map(([name, value]) => [name, firstRule(value)])),
  }));
  const standing = standingFrom(written);
  const set = (change: Partial<WrittenStanding>) => setWritten({ ...written, ...change });
  return (
    <form
      aria-label="Approve and allow similar"
      className="flex flex-col gap-3 rounded-box border bg-panel p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (standing !== null && !pending) onAllow(standing);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <Fuse written={written} agent={approval.agent} onChange={set} />
      {asked.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-meta text-muted">Only if the arguments are</legend>
          {asked.map(([name, value]) => (
            <RuleLine
              key={name}
              name={name}
              value={value}
              rule={written.rules[name] ?? firstRule(value)}
              onChange={(rule) => set({ rules: { ...written.rules, [name]: rule } })}
            />
          ))}
          <label className="flex items-center gap-2 pointer-coarse:min-h-10">
            <input
              type="checkbox"
              className="accent-(--accent)"
              checked={written.allowExtra}
              onChange={(event) => set({ allowExtra: event.target.checked })}
            />
            Allow other arguments
          </label>
        </fieldset>
      )}
      <p className="text-meta text-muted">
        In a pattern, * matches anything but a slash and ** matches anything. Requests with hidden characters, repeated keys or truncated
        text always go to a person, as do those already waiting.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="solid" size="large" disabled={pending || standing === null}>
          Approve and allow {standing?.uses.toLocaleString("en")} more
        </Button>
        <Button look="quiet" size="large" onClick={onClose}>
          Back
        </Button>
      </div>
    </form>
  );
}

type FuseProps = {
  readonly written: WrittenStanding;
  readonly agent: string | null;
  readonly onChange: (change: Partial<WrittenStanding>) => void;
};

function Fuse({ written, agent, onChange }: FuseProps) {
  return (
    <div className="flex flex-wrap gap-3">
      <TextField
        className="w-24"
        label="Max uses"
        inputMode="numeric"
        ref={focusOnce}
        value={written.uses}
        onChange={(event) => onChange({ uses: event.target.value })}
      />
      <TextField
        className="w-24"
        label="Minutes"
        inputMode="numeric"
        value={written.minutes}
        onChange={(event) => onChange({ minutes: event.target.value })}
      />
      <TextField
        className="w-36"
        label="Spend limit, $"
        inputMode="decimal"
        placeholder="no limit"
        value={written.dollars}
        onChange={(event) => onChange({ dollars: event.target.value })}
      />
      <SelectField
        className="min-w-40 flex-1"
        label="For"
        value={written.scope}
        onChange={(event) => onChange({ scope: event.target.value === "agent" ? "agent" : "run" })}
      >
        <option value="run">this run</option>
        {agent !== null && <option value="agent">every run of {agent.slice(0, 60)}</option>}
      </SelectField>
    </div>
  );
}

type RuleLineProps = {
  readonly name: string;
  readonly value: Json;
  readonly rule: WrittenRule;
  readonly onChange: (rule: WrittenRule) => void;
};

function RuleLine({ name, value, rule, onChange }: RuleLineProps) {
  const field = "h-7 min-w-0 rounded-row border border-line-strong bg-panel px-2 font-code max-md:h-10 pointer-coarse:h-10";
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <span className="w-28 truncate font-code text-muted">
        <SafeText text={name.slice(0, 120)} />
      </span>
      <select
        aria-label={`Rule for ${name}`}
        className={field}
        value={rule.is}
        onChange={(event) => onChange({ ...rule, is: event.target.value as WrittenRule["is"] })}
      >
        {rulesFor(value).map((each) => (
          <option key={each} value={each}>
            {ruleWords[each]}
          </option>
        ))}
      </select>
      {rule.is === "same" && (
        <Shown>
          <SafeText text={stringifyExact(value)} clamp={400} />
        </Shown>
      )}
      {rule.is === "like" && (
        <input
          aria-label={`Pattern for ${name}`}
          className={`${field} flex-1`}
          value={rule.pattern}
          maxLength={500}
          onChange={(event) => onChange({ ...rule, pattern: event.target.value })}
        />
      )}
      {rule.is === "between" &&
        (["min", "max"] as const).map((end) => (
          <input
            key={end}
            aria-label={end === "min" ? `Minimum ${name}` : `Maximum ${name}`}
            inputMode="decimal"
            className={`${field} w-24`}
            value={rule[end]}
            onChange={(event) => onChange({ ...rule, [end]: event.target.value })}
          />
        ))}
    </div>
  );
}

function Shown({ children }: { readonly children: ReactNode }) {
  return <span className="min-w-0 flex-1 basis-40 break-words font-code [overflow-wrap:anywhere]">{children}</span>;
}

function argumentsOf({ arguments: given }: Approval): readonly (readonly [string, Json])[] {
  const value = given as Json;
  return isJsonObject(value) ? Object.entries(value) : [];
}
