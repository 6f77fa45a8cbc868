"use client";
import { SafeText } from "@/components/ui/safe-text";
import { useApproval } from "@/lib/client/hooks/use-approvals";
import type { Approval } from "@/lib/core/api/approval";
import { changedPaths } from "./changed-paths";

/** What the agent asks for now in place of this: only the differences. */
export function ReplacedBy({ approval, by }: { readonly approval: Approval; readonly by: string }) {
  const { data: now } = useApproval(by);
  if (!now) return null;
  const asked = (one: Approval) => ({ tool: one.tool, ...(one.tool === null ? { question: one.question } : {}), arguments: one.arguments });
  return (
    <section aria-label="What changed" className="overflow-hidden rounded-box border">
      <h3 className="border-b bg-inset px-3 py-1 text-meta text-muted">What the agent changed</h3>
      <table className="w-full table-fixed">
        <thead className="sr-only">
          <tr>
            <th>Path</th>
            <th>Before</th>
            <th>Now</th>
          </tr>
        </thead>
        <tbody className="font-code">
          {changedPaths(asked(approval), asked(now)).map(({ path, before, after }) => (
            <tr key={path} className="border-b align-top last:border-b-0">
              <td className="break-words px-3 py-1.5 text-muted [overflow-wrap:anywhere]">
                <SafeText text={path} clamp={200} />
              </td>
              <td className="break-words px-3 py-1.5 text-failed line-through decoration-1 [overflow-wrap:anywhere]">
                {before !== null && <SafeText text={before} clamp={600} />}
              </td>
              <td className="break-words px-3 py-1.5 text-succeeded [overflow-wrap:anywhere]">
                {after === null ? <span className="text-faint">removed</span> : <SafeText text={after} clamp={600} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
