"use client";
import { MousePointerClick, X } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { SafeText } from "@/components/ui/safe-text";
import { Tabs } from "@/components/ui/tabs";
import type { RunSummary } from "@/lib/core/api/run";
import type { Span } from "@/lib/core/run/timeline-state";
import type { Selected } from "../selection/selection";
import { KindIcon } from "../timeline/kinds";
import { inputOf, outputOf } from "./event-facts";
import { EventLoader } from "./event-loader";
import { EventOverview } from "./event-overview";
import { RawPane } from "./raw-pane";
import { SpanEvents } from "./span-events";
import { SpanOverview } from "./span-overview";
import { ValuePane } from "./value-pane";

export const inspectorTabs = ["overview", "input", "output", "events", "raw"] as const;
export type InspectorTab = (typeof inspectorTabs)[number];

export type InspectorProps = {
  readonly run: Pick<RunSummary, "id" | "stallsAt" | "lastEventAt">;
  /** The earlier moment of the run that is shown; null = now. */
  readonly asOfMs: number | null;
  readonly lastSeq: number;
  readonly selected: Selected;
  readonly originMs: number;
  readonly offsetMs: number;
  readonly tab: InspectorTab;
  readonly onTab: (tab: InspectorTab) => void;
  readonly onSelectSeq: (seq: number) => void;
  readonly onClose: () => void;
  /** The sheet around it says what is selected and closes. */
  readonly inSheet?: boolean;
};

const tabWords: Record<InspectorTab, string> = { overview: "Overview", input: "Input", output: "Output", events: "Events", raw: "Raw" };

/** Everything about the one selected thing, the sender's words included. */
export function Inspector(props: InspectorProps) {
  const { selected, tab, onTab } = props;
  if (selected.span === null && selected.seq === null) {
    return (
      <EmptyState icon={MousePointerClick} title="Nothing selected">
        Select a row to see what went in, what came out and what the sender actually sent.
      </EmptyState>
    );
  }
  const tabs = inspectorTabs.filter((each) => each !== "events" || selected.selection.kind === "span");
  const shown = tabs.includes(tab) ? tab : "overview";
  return (
    <div className="flex h-full min-h-0 flex-col bg-panel">
      {!props.inSheet && <InspectorHead {...props} />}
      <Tabs
        label="Selection"
        className="shrink-0 [&>div]:px-3"
        items={tabs.map((value) => ({ value, label: tabWords[value] }))}
        value={shown}
        onChange={onTab}
      />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {selected.selection.kind === "span" && selected.span ? (
          <SpanPane {...props} span={selected.span} tab={shown} />
        ) : (
          <EventPane {...props} seq={selected.seq ?? 0} tab={shown} />
        )}
      </div>
    </div>
  );
}

function InspectorHead({ selected, onClose }: InspectorProps) {
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 pr-1.5 pl-3">
      <h2 className="min-w-0 flex-1 font-medium">
        <SelectionTitle selected={selected} />
      </h2>
      <IconButton label="Close" keys="Escape" onClick={onClose}>
        <X size={16} />
      </IconButton>
    </div>
  );
}

/** What is selected, in one line. */
export function SelectionTitle({ selected: { span, seq, selection } }: Pick<InspectorProps, "selected">) {
  if (selection.kind !== "span" || span === null) return <span className="figures">Event #{seq?.toLocaleString("en")}</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <KindIcon kind={span.kind} failed={span.status === "failed"} />
      <span className="truncate">
        <SafeText text={span.name.slice(0, 200)} />
      </span>
    </span>
  );
}

function SpanPane(props: InspectorProps & { readonly span: Span }) {
  const { run, asOfMs, span, tab, originMs, offsetMs, onSelectSeq, lastSeq } = props;
  const runId = run.id;
  switch (tab) {
    case "overview":
      return <SpanOverview {...{ run, asOfMs, span, originMs, offsetMs, onSelectSeq }} />;
    case "input":
      return (
        <EventLoader runId={runId} seq={span.openSeq}>
          {(event) => <ValuePane value={inputOf(event)} what="input" missing="The event that opened this has no input." />}
        </EventLoader>
      );
    case "output":
      if (span.closeSeq === null) return <p className="p-3 text-muted">Still open: its result has not arrived.</p>;
      return (
        <EventLoader runId={runId} seq={span.closeSeq}>
          {(event) => <ValuePane value={outputOf(event)} what="output" missing="The event that closed this has no output." />}
        </EventLoader>
      );
    case "events":
      return <SpanEvents runId={runId} span={span} lastSeq={lastSeq} onSelectSeq={onSelectSeq} />;
    case "raw":
      return <SpanRaw runId={runId} span={span} />;
  }
}

function SpanRaw({ runId, span }: { readonly runId: string; readonly span: Span }) {
  const seqs = span.closeSeq === null || span.closeSeq === span.openSeq ? [span.openSeq] : [span.openSeq, span.closeSeq];
  return seqs.map((seq, i) => (
    <section key={seq} className={i > 0 ? "border-t" : undefined}>
      <p className="figures px-3 pt-2.5 text-faint text-meta">
        {i === 0 ? "Opened by" : "Closed by"} event #{seq.toLocaleString("en")}
      </p>
      <EventLoader runId={runId} seq={seq}>
        {(event) => <RawPane runId={runId} event={event} />}
      </EventLoader>
    </section>
  ));
}

function EventPane({ run, seq, tab, originMs }: InspectorProps & { readonly seq: number }) {
  return (
    <EventLoader runId={run.id} seq={seq}>
      {(event) => {
        switch (tab) {
          case "overview":
          case "events":
            return <EventOverview event={event} originMs={originMs} />;
          case "input":
            return <ValuePane value={inputOf(event)} what="input" missing="This event carries no input." />;
          case "output":
            return <ValuePane value={outputOf(event)} what="output" missing="This event carries no output." />;
          case "raw":
            return <RawPane runId={run.id} event={event} />;
        }
      }}
    </EventLoader>
  );
}
