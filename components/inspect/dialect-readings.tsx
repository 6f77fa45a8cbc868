import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import type { DialectReading, InspectReply } from "@/lib/core/api/inspect";
import { type Dialect, dialectLabels } from "@/lib/core/dialect";

type DialectReadingsProps = {
  readonly reply: InspectReply;
  readonly onDialect: (dialect: Dialect) => void;
};

const forms: Record<InspectReply["kind"], string> = { json: "JSON", ndjson: "lines of JSON", sse: "an event stream" };

/** How well each dialect reads the text; the one that is listed below stands out, another is a press away. */
export function DialectReadings({ reply, onDialect }: DialectReadingsProps) {
  const { readings, total, kind } = reply;
  return (
    <div className="border-b bg-panel px-4 py-2.5">
      <p role="status" className="mb-2">
        <span className="font-medium">
          {total.toLocaleString("en")} {total === 1 ? "event" : "events"}
        </span>{" "}
        <span className="text-muted">
          in {forms[kind]}, read as {dialectLabels[reply.dialect]}
        </span>
      </p>
      <ul aria-label="Dialects" className="flex flex-wrap gap-1.5">
        {readings.map((reading) => (
          <li key={reading.dialect}>
            <BareButton
              aria-pressed={reading.dialect === reply.dialect}
              onClick={() => onDialect(reading.dialect)}
              className={classNames(
                "flex h-7 items-center gap-2 rounded-box border px-2 hover:border-line-strong pointer-coarse:h-10",
                reading.dialect === reply.dialect ? "border-accent bg-selected font-medium" : "text-muted",
              )}
            >
              {dialectLabels[reading.dialect]}
              <Counts reading={reading} />
            </BareButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Counts({ reading: { known, unknown, refused } }: { readonly reading: DialectReading }) {
  return (
    <span className="figures flex items-center gap-1.5 font-normal text-meta">
      {known > 0 && <Count icon={CircleCheck} count={known} word="known" tone="text-succeeded" />}
      {unknown > 0 && <Count icon={CircleHelp} count={unknown} word="unknown" tone="text-stalled" />}
      {refused > 0 && <Count icon={CircleX} count={refused} word="refused" tone="text-failed" />}
    </span>
  );
}

type CountProps = { readonly icon: typeof CircleCheck; readonly count: number; readonly word: string; readonly tone: string };

function Count({ icon: Icon, count, word, tone }: CountProps) {
  return (
    <span title={`${count.toLocaleString("en")} ${word}`} className={classNames("flex items-center gap-0.5", tone)}>
      <Icon aria-hidden size={13} />
      {count.toLocaleString("en")}
      <span className="sr-only">{word}</span>
    </span>
  );
}
