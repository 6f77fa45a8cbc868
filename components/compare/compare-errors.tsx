import { CircleCheck } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { SafeText } from "@/components/ui/safe-text";
import type { SharedError } from "@/lib/core/compare/outcome";
import { SideMark } from "./compare-figures";

const mostListed = 200;

/** Each error with how often each run met it; what only one of them met comes first. */
export function CompareErrors({ errors }: { readonly errors: readonly SharedError[] }) {
  if (errors.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title="No errors">
        No step failed in either run.
      </EmptyState>
    );
  }
  return (
    <div className="h-full overflow-y-auto">
      <table aria-label="Errors of both runs" className="w-full border-collapse">
        <thead className="sticky top-0 bg-panel text-faint text-meta">
          <tr className="h-7 border-b [&>th]:font-normal">
            <th scope="col" className="pl-4 text-left">
              Error
            </th>
            <th scope="col" className="w-16 pr-2 text-right">
              <SideMark side="A" />
            </th>
            <th scope="col" className="w-16 pr-4 text-right">
              <SideMark side="B" />
            </th>
          </tr>
        </thead>
        <tbody>
          {errors.slice(0, mostListed).map(({ message, a, b }) => (
            <tr key={message} className="border-b align-top [&>*]:py-1.5">
              <th scope="row" className="break-words pl-4 text-left font-normal [overflow-wrap:anywhere]">
                <SafeText text={message} clamp={400} />
              </th>
              <Times count={a} />
              <Times count={b} />
            </tr>
          ))}
        </tbody>
      </table>
      {errors.length > mostListed && (
        <p className="px-4 py-2 text-faint">{(errors.length - mostListed).toLocaleString("en")} more kinds of errors are not listed.</p>
      )}
    </div>
  );
}

function Times({ count }: { readonly count: number }) {
  return (
    <td className={`figures text-right nth-2:pr-2 last:pr-4 ${count === 0 ? "text-faint" : "text-failed"}`}>
      {count === 0 ? "–" : count.toLocaleString("en")}
    </td>
  );
}
