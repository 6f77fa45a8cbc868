import type { ReactNode } from "react";
import { NoFigure, RunCost, TokensInOut } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { useMedia } from "@/components/ui/use-media";
import type { RunSummary } from "@/lib/core/api/run";
import { RunDuration } from "../runs/run-row";
import { RunStanding } from "../runs/run-standing";
import { type ComparedFigure, type FigureKey, prepareFigures } from "./prepare-figures";

type CompareFiguresProps = { readonly a: RunSummary; readonly b: RunSummary };

const nameChars = 160;

/** Eight figures and two names beside each other. */
const tooNarrow = "(width < 72rem)";

/** The two runs and what B has more or less: a line a run where there is room, else a line a figure. */
export function CompareFigures({ a, b }: CompareFiguresProps) {
  const figures = prepareFigures(a, b);
  return useMedia(tooNarrow) ? <Tall {...{ a, b, figures }} /> : <Wide {...{ a, b, figures }} />;
}

type TableProps = CompareFiguresProps & { readonly figures: readonly ComparedFigure[] };

/** The others are counts. */
const widths: Partial<Record<FigureKey, string>> = { duration: "w-24", cost: "w-32", tokens: "w-32" };

function Wide({ a, b, figures }: TableProps) {
  return (
    <table aria-label="Figures of both runs" className="w-full table-fixed border-collapse text-right">
      <thead className="text-faint text-meta">
        <tr className="h-7 border-b [&>th]:font-normal">
          <th scope="col" className="w-[20%] xl:w-[26%] pl-4 text-left">
            Run
          </th>
          <th scope="col" className="w-36 text-left">
            Status
          </th>
          {figures.map(({ key, label }) => (
            <th key={key} scope="col" className={`px-2 last:pr-4 ${widths[key] ?? ""}`}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[
          { side: "A" as const, run: a },
          { side: "B" as const, run: b },
        ].map(({ side, run }) => (
          <tr key={side} className="h-8 border-b">
            <th scope="row" className="truncate pr-3 pl-4 text-left font-normal">
              <SideMark side={side} />
              <RunLink run={run} />
            </th>
            <td className="text-left">
              <RunStanding run={run} />
            </td>
            {figures.map(({ key }) => (
              <td key={key} className="truncate px-2 last:pr-4">
                {figureOf(run, key)}
              </td>
            ))}
          </tr>
        ))}
        <tr className="h-11 leading-4">
          <th scope="row" className="truncate pl-4 text-left font-normal text-muted">
            B compared with A
          </th>
          <td className="text-left text-muted">{a.status === b.status ? "same" : "different"}</td>
          {figures.map((figure) => (
            <td key={figure.key} className="truncate px-2 last:pr-4">
              <DifferenceText figure={figure} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function Tall({ a, b, figures }: TableProps) {
  return (
    <table aria-label="Figures of both runs" className="w-full table-fixed border-collapse text-right">
      <thead>
        <tr className="border-b align-top [&>th]:py-2 [&>th]:font-normal">
          <td className="w-24" />
          {[
            { side: "A" as const, run: a },
            { side: "B" as const, run: b },
          ].map(({ side, run }) => (
            <th key={side} scope="col" className="px-2 text-left last:pr-4">
              <SideMark side={side} />
              <span className="line-clamp-3 break-words">
                <RunLink run={run} />
              </span>
              <span className="mt-1 flex text-meta">
                <RunStanding run={run} />
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.map((figure) => (
          <tr key={figure.key} className="border-b align-top [&>*]:py-1.5">
            <th scope="row" className="pl-4 text-left font-normal text-muted text-meta leading-5">
              {figure.label}
            </th>
            <td className="px-2">{figureOf(a, figure.key)}</td>
            <td className="pr-4 pl-2">
              {figureOf(b, figure.key)}
              {figure.difference && (
                <span className="block text-meta">
                  <DifferenceText figure={figure} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A or B, the same mark wherever one of the runs is meant. */
export function SideMark({ side }: { readonly side: "A" | "B" }) {
  return (
    <span className="mr-2 inline-flex size-4.5 items-center justify-center rounded-row border border-line-strong bg-inset font-medium text-[11px] text-muted">
      {side}
    </span>
  );
}

function RunLink({ run }: { readonly run: RunSummary }) {
  return (
    <Link
      href={`/runs/${run.id}`}
      title={`${run.name.slice(0, nameChars)}\n${run.externalId}`}
      className="font-medium decoration-line-strong underline-offset-2 hover:underline"
    >
      <SafeText text={run.name.slice(0, nameChars)} />
    </Link>
  );
}

function figureOf(run: RunSummary, key: FigureKey): ReactNode {
  switch (key) {
    case "duration":
      return <RunDuration run={run} />;
    case "cost":
      return <RunCost cost={run.cost} />;
    case "tokens":
      return <TokensInOut tokens={run.tokens} />;
    case "steps":
      return <Count count={run.steps} />;
    case "tools":
      return <Count count={run.toolCalls} />;
    case "models":
      return <Count count={run.modelCalls} />;
    case "agents":
      return <Count count={run.agents} />;
    case "errors":
      return <Count count={run.errors} tone={run.errors > 0 ? "text-failed" : undefined} />;
  }
}

function Count({ count, tone }: { readonly count: number; readonly tone?: string | undefined }) {
  return <span className={`figures ${tone ?? ""}`}>{count.toLocaleString("en")}</span>;
}

const unknownBecause: Partial<Record<FigureKey, string>> = {
  duration: "known once both have ended",
  cost: "only partly known",
  tokens: "not reported by both",
};

function DifferenceText({ figure: { key, difference } }: { readonly figure: ComparedFigure }) {
  if (difference === null) return <NoFigure why={unknownBecause[key] ?? "not known"} />;
  return (
    <span className={`figures whitespace-nowrap ${difference.text === "same" ? "text-faint" : ""}`}>
      {difference.text}
      {difference.share && <span className="text-faint text-meta min-[72rem]:block"> {difference.share}</span>}
    </span>
  );
}
