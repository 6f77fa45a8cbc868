import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import type { RunSummary } from "@/lib/core/api/run";
import { completeness } from "./completeness";
import { FigureLines, FigurePopover } from "./figure-popover";

/** Whether everything that was sent is here, by the sender's own sequence where it has one. */
export function CompletenessFigure({ run }: { readonly run: Pick<RunSummary, "completeness" | "lastSeq" | "unknownEvents"> }) {
  const { verdict, seen, expected, missing, late, range } = completeness(run);
  const count = (n: number) => n.toLocaleString("en");
  const looks = {
    whole: {
      icon: <CircleCheck aria-hidden size={14} className="text-succeeded" />,
      text: `${count(seen)}/${count(expected ?? seen)} complete`,
    },
    missing: {
      icon: <CircleAlert aria-hidden size={14} className="text-stalled" />,
      text: `${count(seen)}/${count(expected ?? seen)}, ${count(missing)} missing`,
    },
    uncounted: {
      icon: <CircleDashed aria-hidden size={14} className="text-faint" />,
      text: `${count(seen)} ${seen === 1 ? "event" : "events"}`,
    },
  } as const;
  const { icon, text } = looks[verdict];
  return (
    <FigurePopover
      title="Completeness"
      trigger={
        <>
          {icon}
          <span className="figures">{text}</span>
          {late > 0 && <span className="figures text-faint">, {count(late)} late</span>}
        </>
      }
    >
      <FigureLines
        lines={[
          { label: "In the log, without gaps", value: `1 – ${count(run.lastSeq)}` },
          { label: "Sender's sequence", value: range ? `${count(range.first)} – ${count(range.last)}` : "none" },
          { label: "Missing", value: range ? count(missing) : "unknown" },
          { label: "Arrived after the end", value: count(late) },
          { label: "Unknown type", value: count(run.unknownEvents) },
        ]}
      />
      <p className="mt-2 text-faint text-meta">
        {verdict === "uncounted"
          ? "This sender does not number its events, so nobody can tell whether any are missing."
          : "Missing: numbers of the sender's own sequence that have not arrived. No accepted event is ever lost."}
      </p>
    </FigurePopover>
  );
}
