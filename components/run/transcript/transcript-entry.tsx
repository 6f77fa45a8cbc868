import {
  Bot,
  CornerDownRight,
  FileText,
  Hand,
  type LucideIcon,
  MessageSquare,
  ScrollText,
  Sparkles,
  TriangleAlert,
  User,
  Wrench,
} from "lucide-react";
import { memo } from "react";
import { classNames } from "@/components/ui/class-names";
import { SafeText } from "@/components/ui/safe-text";
import { lineLimit } from "@/lib/core/run/transcript-apply";
import type { EntryKind, TranscriptEntry } from "@/lib/core/run/transcript-state";
import { Part } from "../part";
import { tickLabel } from "../timeline/axis-ticks";

type EntryProps = {
  readonly entry: TranscriptEntry;
  readonly originMs: number;
  readonly selected: boolean;
  /** The entry above is of the same agent: its name is not repeated. */
  readonly sameAgent: boolean;
};

type EntryLook = { readonly word: string; readonly icon: LucideIcon; readonly tone: string; readonly text: string };

const looks: Record<EntryKind, EntryLook> = {
  user: { word: "Asked", icon: User, tone: "text-accent", text: "text-ink" },
  assistant: { word: "Answered", icon: Bot, tone: "text-kind-agent", text: "text-ink" },
  thought: { word: "Thought", icon: Sparkles, tone: "text-faint", text: "text-faint" },
  tool: { word: "Tool call", icon: Wrench, tone: "text-kind-tool", text: "font-code text-muted" },
  result: { word: "Tool result", icon: CornerDownRight, tone: "text-kind-tool", text: "font-code text-muted" },
  message: { word: "Message", icon: MessageSquare, tone: "text-muted", text: "text-ink" },
  log: { word: "Log", icon: ScrollText, tone: "text-faint", text: "font-code text-muted" },
  artifact: { word: "Artifact", icon: FileText, tone: "text-accent", text: "text-muted" },
  approval: { word: "Approval", icon: Hand, tone: "text-waiting", text: "text-ink" },
  error: { word: "Error", icon: TriangleAlert, tone: "text-failed", text: "text-failed" },
  status: { word: "Status", icon: ScrollText, tone: "text-faint", text: "text-muted" },
};

/** Of words still arriving, this many from the end; of finished ones, from the beginning. */
const shownChars = 6_000;

export const TranscriptEntryRow = memo(function TranscriptEntryRow({ entry, originMs, selected, sameAgent }: EntryProps) {
  const { word, icon: Icon, tone } = looks[entry.kind];
  const level = entry.level === "error" ? "text-failed" : entry.level === "warn" ? "text-stalled" : tone;
  return (
    <Part
      role="article"
      data-seq={entry.firstSeq}
      aria-current={selected}
      aria-label={word}
      tabIndex={0}
      className={classNames(
        "grid w-full grid-cols-[3rem_1.25rem_minmax(0,1fr)] gap-x-2 px-3 text-left -outline-offset-2 hover:bg-hover sm:grid-cols-[4.5rem_1.25rem_minmax(0,1fr)]",
        selected && "bg-selected",
        isLine(entry.kind) ? "py-0.5" : "py-1.5",
      )}
    >
      <span className="figures truncate pt-px text-right text-[11px] text-faint">
        {tickLabel(Math.max(0, entry.atMs - originMs), 1_000)}
      </span>
      <Icon
        role="img"
        aria-label={word}
        size={15}
        strokeWidth={1.75}
        className={classNames("mt-0.5 shrink-0", level, entry.kind === "result" && "ml-4")}
      />
      <span className={classNames("min-w-0", entry.kind === "result" && "pl-4")}>
        <EntryHead entry={entry} sameAgent={sameAgent} />
        <EntryText entry={entry} />
      </span>
    </Part>
  );
});

function EntryHead({ entry, sameAgent }: { readonly entry: TranscriptEntry; readonly sameAgent: boolean }) {
  const agent = entry.agent !== null && (!sameAgent || entry.to !== null) ? entry.agent : null;
  if (agent === null && entry.title === null && entry.to === null) return null;
  return (
    <span className={classNames("max-w-full flex-wrap gap-x-2 [overflow-wrap:anywhere]", isLine(entry.kind) ? "mr-2 inline-flex" : "flex")}>
      {agent !== null && (
        <span className="font-medium text-muted">
          <SafeText text={agent} />
        </span>
      )}
      {entry.to !== null && (
        <span className="text-faint">
          to <SafeText text={entry.to} className="font-medium text-muted" />
        </span>
      )}
      {entry.title !== null && <SafeText text={entry.title} clamp={300} className="font-medium" />}
    </span>
  );
}

function EntryText({ entry }: { readonly entry: TranscriptEntry }) {
  const { text, open, cutChars } = entry;
  if (text === "" && !open) return null;
  const hidden = open ? Math.max(0, text.length - shownChars) : 0;
  return (
    <span
      className={classNames(
        "max-w-[78ch] whitespace-pre-wrap break-words [overflow-wrap:anywhere]",
        isLine(entry.kind) ? "" : "block",
        looks[entry.kind].text,
      )}
      dir="auto"
    >
      {hidden > 0 && (
        <span className="text-faint text-meta">{hidden.toLocaleString("en")} earlier characters, shown when it is complete … </span>
      )}
      <SafeText text={open ? text.slice(hidden) : text} {...(open ? {} : { clamp: shownChars })} />
      {open && <Caret />}
      {(entry.kind === "tool" || entry.kind === "result") && text.length >= lineLimit && (
        <span className="text-faint text-meta"> … full text in event #{entry.firstSeq}</span>
      )}
      {cutChars > 0 && (
        <span className="block text-faint text-meta">truncated: {cutChars.toLocaleString("en")} more characters are in the events</span>
      )}
    </span>
  );
}

function Caret() {
  return (
    <span
      role="img"
      aria-label="still arriving"
      className="ml-0.5 inline-block h-3.5 w-[7px] translate-y-0.5 animate-pulse-soft bg-running"
    />
  );
}

/** Kinds that are one line each: they stand close together. */
function isLine(kind: EntryKind): boolean {
  return kind === "tool" || kind === "result" || kind === "log" || kind === "status" || kind === "thought";
}
