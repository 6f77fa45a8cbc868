import type { ReactNode } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { Fact, Facts } from "@/components/ui/facts";
import { Duration, Money, NoFigure, Tokens } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import { useNow } from "@/lib/client/hooks/use-now";
import { besideName } from "@/lib/core/format/beside-name";
import { isUntimed } from "@/lib/core/run/duration";
import { lineLimit } from "@/lib/core/run/timeline-spans";
import type { Span, SpanStatus } from "@/lib/core/run/timeline-state";
import { silentSinceMs } from "../header/run-clock";
import { kindLooks } from "../timeline/kinds";
import type { InspectorProps } from "./inspector";
import { Instant } from "./instant";

const statusWords: Record<SpanStatus, { readonly word: string; readonly tone: string }> = {
  running: { word: "running", tone: "text-running" },
  waiting: { word: "waiting for a human", tone: "text-waiting" },
  succeeded: { word: "succeeded", tone: "text-succeeded" },
  failed: { word: "failed", tone: "text-failed" },
  cancelled: { word: "cancelled", tone: "text-ended" },
};

type SpanOverviewProps = Pick<InspectorProps, "run" | "asOfMs" | "originMs" | "offsetMs" | "onSelectSeq"> & { readonly span: Span };

export function SpanOverview({ run, asOfMs, span, originMs, offsetMs, onSelectSeq }: SpanOverviewProps) {
  const { word, tone } = statusWords[span.status];
  const untimed = isUntimed(span);
  const summary = besideName(span.name, span.summary);
  return (
    <div className="px-3 py-2.5">
      {span.error && (
        <p className="mb-2.5 whitespace-pre-wrap break-words border-failed border-l-2 pl-2 text-failed [overflow-wrap:anywhere]">
          <SafeText text={span.error} />
          {span.error.length >= lineLimit && (
            <>
              {" … "}
              <SeqLink seq={span.closeSeq ?? span.openSeq} onSelect={onSelectSeq}>
                full text in event
              </SeqLink>
            </>
          )}
        </p>
      )}
      <Facts>
        <Fact label="Kind">{kindLooks[span.kind].word}</Fact>
        <Fact label="Status">
          <span className={tone}>{word}</span>
        </Fact>
        {!untimed && (
          <Fact label="Duration">
            <Took {...{ run, asOfMs, span, offsetMs }} />
          </Fact>
        )}
        <Fact label={untimed ? "Reported" : "Started"}>
          <Instant atMs={span.startMs} originMs={originMs} />
        </Fact>
        {span.endMs !== null && !untimed && (
          <Fact label="Ended">
            <Instant atMs={span.endMs} originMs={originMs} />
          </Fact>
        )}
        {span.agent && (
          <Fact label="Agent">
            <SafeText text={span.agent} clamp={200} />
          </Fact>
        )}
        <Fact label="Tokens">{span.tokens === null ? <NoFigure why="not reported" /> : <Tokens count={span.tokens} />}</Fact>
        <Fact label="Cost">{span.costNanos === null ? <NoFigure why="not reported" /> : <Money nanos={span.costNanos} />}</Fact>
        {span.callId && (
          <Fact label="Call id">
            <SafeText text={span.callId} clamp={120} className="font-code" />
          </Fact>
        )}
        <Fact label="Events">
          <SeqLink seq={span.openSeq} onSelect={onSelectSeq}>
            {untimed ? "reported by" : "opened by"}
          </SeqLink>
          {span.closeSeq !== null && span.closeSeq !== span.openSeq && (
            <SeqLink seq={span.closeSeq} onSelect={onSelectSeq}>
              closed by
            </SeqLink>
          )}
        </Fact>
      </Facts>
      {summary && (
        <p className="mt-3 whitespace-pre-wrap break-words text-muted [overflow-wrap:anywhere]" dir="auto">
          <SafeText text={summary} />
          {(span.summary?.length ?? 0) >= lineLimit && " …"}
        </p>
      )}
    </div>
  );
}

const tickMs = 5_000;

/** What is open ticks, unless an earlier moment is shown or the run fell silent: it lasted until then, at least. */
function Took({ run, asOfMs, span, offsetMs }: Pick<SpanOverviewProps, "run" | "asOfMs" | "span" | "offsetMs">) {
  const isOpen = span.endMs === null;
  const nowMs = useNow(isOpen && asOfMs === null ? tickMs : null);
  const heardMs = isOpen && asOfMs === null ? silentSinceMs(run, nowMs) : null;
  const endMs = span.endMs ?? asOfMs ?? heardMs;
  if (isOpen && asOfMs !== null && asOfMs <= span.startMs) return "begins at the moment shown";
  return (
    <>
      <Duration startMs={span.startMs - offsetMs} endMs={endMs === null ? null : Math.max(span.startMs, endMs) - offsetMs} />
      {isOpen && <span className="ml-1 text-faint">{heardMs === null ? "so far" : "at least: nothing heard since"}</span>}
    </>
  );
}

function SeqLink({
  seq,
  onSelect,
  children,
}: {
  readonly seq: number;
  readonly onSelect: (seq: number) => void;
  readonly children: ReactNode;
}) {
  return (
    <span className="mr-3 whitespace-nowrap text-faint">
      {children}{" "}
      <BareButton onClick={() => onSelect(seq)} className="figures rounded-row font-code text-accent hover:underline">
        #{seq.toLocaleString("en")}
      </BareButton>
    </span>
  );
}
