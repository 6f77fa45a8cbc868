"use client";
import { ErrorState } from "@/components/ui/error-state";
import { SelectField } from "@/components/ui/field";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useRefusal } from "@/lib/client/hooks/use-refusal";
import { useApprovalPolicy } from "@/lib/client/hooks/use-standing";
import type { ApprovalPolicy as Policy } from "@/lib/core/approvals/policy";
import { Section } from "./section";

const deadlines = [
  ["", "None: wait as long as the run"],
  ["300", "5 minutes"],
  ["900", "15 minutes"],
  ["3600", "1 hour"],
  ["14400", "4 hours"],
  ["86400", "1 day"],
  ["604800", "1 week"],
] as const;

const meanings: Readonly<Record<Policy["onDeadline"], string>> = {
  expire: "Expire: the agent is told nobody decided",
  deny: "Deny: the agent is told no",
};

/** Settings > Approvals: how the project treats what it is asked. */
export function ApprovalPolicySection() {
  const { policy, change } = useApprovalPolicy();
  const refusal = useRefusal("admin");
  return (
    <Section title="Approvals" hint={["Applies to every request from now on. Silence never approves.", refusal].filter(Boolean).join(" ")}>
      {policy.error && (
        <ErrorState className="mb-3" title="The policy could not be loaded." error={policy.error} onRetry={() => void policy.refetch()} />
      )}
      {change.error && <ErrorState className="mb-3" title="The policy could not be changed." error={change.error} />}
      {policy.isPending && <SkeletonRows rows={2} className="rounded-box border bg-panel" />}
      {policy.data && (
        <Choices
          policy={policy.data}
          off={change.isPending || refusal !== null}
          onChange={(to) => change.mutate({ from: policy.data, to })}
        />
      )}
    </Section>
  );
}

type ChoicesProps = { readonly policy: Policy; readonly off: boolean; readonly onChange: (policy: Policy) => void };

function Choices({ policy, off, onChange }: ChoicesProps) {
  const deadline = policy.deadlineSeconds === null ? "" : String(policy.deadlineSeconds);
  const isListed = deadlines.some(([seconds]) => seconds === deadline);
  return (
    <div className="flex flex-wrap items-end gap-4 rounded-box border bg-panel p-3">
      <SelectField
        className="min-w-56 flex-1"
        label="Default deadline"
        disabled={off}
        value={deadline}
        onChange={(event) => onChange({ ...policy, deadlineSeconds: event.target.value === "" ? null : Number(event.target.value) })}
      >
        {!isListed && <option value={deadline}>{deadline} seconds</option>}
        {deadlines.map(([seconds, words]) => (
          <option key={seconds} value={seconds}>
            {words}
          </option>
        ))}
      </SelectField>
      <SelectField
        className="min-w-56 flex-1"
        label="When a deadline passes"
        disabled={off}
        value={policy.onDeadline}
        onChange={(event) => onChange({ ...policy, onDeadline: event.target.value === "deny" ? "deny" : "expire" })}
      >
        {Object.entries(meanings).map(([word, words]) => (
          <option key={word} value={word}>
            {words}
          </option>
        ))}
      </SelectField>
      <label className="flex min-h-8 basis-full items-center gap-2 pointer-coarse:min-h-10">
        <input
          type="checkbox"
          className="accent-(--accent)"
          disabled={off}
          checked={policy.standingAllowed}
          onChange={(event) => onChange({ ...policy, standingAllowed: event.target.checked })}
        />
        Allow standing approvals: whoever approves a tool call may allow similar ones in advance
      </label>
    </div>
  );
}
