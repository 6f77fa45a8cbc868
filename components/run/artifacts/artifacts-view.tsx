import { FileBox } from "lucide-react";
import { useMemo } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { NoFigure } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import { formatDuration } from "@/lib/core/format/format-duration";
import { heldEntries } from "@/lib/core/run/run-window";
import type { TranscriptState } from "@/lib/core/run/transcript-state";

type ArtifactsViewProps = {
  readonly transcript: TranscriptState;
  readonly originMs: number;
  readonly selectedSeq: number | null;
  readonly onSelect: (seq: number) => void;
  /** The run has ended. */
  readonly over: boolean;
};

const mostShown = 2_000;

/** What the run made: files, reports, whatever its sender called an artifact. Their contents stand in the inspector. */
export function ArtifactsView({ transcript, originMs, selectedSeq, onSelect, over }: ArtifactsViewProps) {
  const artifacts = useMemo(() => heldEntries(transcript).filter((entry) => entry.kind === "artifact"), [transcript]);
  if (artifacts.length === 0) {
    return (
      <EmptyState icon={FileBox} title={over ? "This run produced no artifacts" : "No artifacts yet"}>
        {over ? "None of its events reported a file or document." : "Files and other artifacts appear here when the run reports them."}
      </EmptyState>
    );
  }
  return (
    <div data-place="artifacts" className="h-full overflow-auto overscroll-contain">
      <table className="w-full min-w-[34rem] border-collapse text-left">
        <thead className="sticky top-0 z-10 bg-ground text-faint text-meta">
          <tr className="h-7 border-b [&>th]:px-3 [&>th]:font-normal">
            <th>Artifact</th>
            <th>Created by</th>
            <th>Summary</th>
            <th className="text-right">Event</th>
            <th className="text-right">At</th>
          </tr>
        </thead>
        <tbody>
          {artifacts.slice(0, mostShown).map(({ id, title, agent, text, atMs, firstSeq }) => (
            <tr
              key={id}
              className={classNames("h-(--row) border-b [&>td]:px-3", firstSeq === selectedSeq ? "bg-selected" : "hover:bg-hover")}
            >
              <td className="max-w-80 truncate">
                <BareButton
                  aria-pressed={firstSeq === selectedSeq}
                  onClick={() => onSelect(firstSeq)}
                  className="max-w-full truncate rounded-row text-left font-medium hover:underline"
                >
                  <SafeText text={(title ?? "(no name)").slice(0, 200)} />
                </BareButton>
              </td>
              <td className="max-w-48 truncate">
                {agent ? <SafeText text={agent.slice(0, 200)} /> : <NoFigure why="the sender does not say who" />}
              </td>
              <td className="max-w-96 truncate text-muted">{text !== title && <SafeText text={text.slice(0, 200)} />}</td>
              <td className="figures text-right">{firstSeq.toLocaleString("en")}</td>
              <td className="figures whitespace-nowrap text-right">{formatDuration(Math.max(0, atMs - originMs))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {artifacts.length > mostShown && (
        <p className="px-3 py-2 text-faint text-meta">and {(artifacts.length - mostShown).toLocaleString("en")} more: see the transcript</p>
      )}
    </div>
  );
}
