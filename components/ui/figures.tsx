"use client";
import { useNow } from "@/lib/client/hooks/use-now";
import type { Cost, Tokens as TokenCounts } from "@/lib/core/api/run";
import { formatLength, formatTicking } from "@/lib/core/format/format-duration";
import { exactDollars, formatMoney, mostNanos } from "@/lib/core/format/format-money";
import { formatRelativeTime } from "@/lib/core/format/format-relative-time";
import { formatTokens } from "@/lib/core/format/format-tokens";
import { classNames } from "./class-names";
import { localMoment, utcMoment } from "./local-time";
import { useInBrowser } from "./use-in-browser";

type Look = { readonly className?: string };

/** Stands where a figure is unknown: never a zero that nobody measured. */
export function NoFigure({ why, className }: { readonly why: string } & Look) {
  return (
    <span title={why} className={classNames("text-faint", className)}>
      –<span className="sr-only">{why}</span>
    </span>
  );
}

type DurationProps = {
  readonly startMs: number | null;
  readonly endMs: number | null;
  /** As reported, where it was. */
  readonly durationMs?: number | null;
} & Look;

/** How long something took, or has been taking: without an end it ticks by itself. */
export function Duration({ startMs, endMs, durationMs = null, className }: DurationProps) {
  const open = durationMs === null && endMs === null && startMs !== null;
  const nowMs = useNow(open ? 1_000 : null);
  if (durationMs === null && startMs === null) return <NoFigure why="not started" className={className} />;
  const spanMs = durationMs ?? Math.max(0, (endMs ?? nowMs) - (startMs ?? 0));
  return (
    <time dateTime={`PT${(spanMs / 1_000).toFixed(3)}S`} className={classNames("figures whitespace-nowrap", className)}>
      {open ? formatTicking(spanMs) : formatLength(spanMs)}
    </time>
  );
}

/** A count of tokens, short; exact on hover. */
export function Tokens({ count, what = "tokens", className }: { readonly count: number; readonly what?: string } & Look) {
  return (
    <span title={`${count.toLocaleString("en")} ${what}`} className={classNames("figures", className)}>
      {formatTokens(count)}
    </span>
  );
}

/** In / out, with the classes on hover. */
export function TokensInOut({ tokens, className }: { readonly tokens: TokenCounts } & Look) {
  if (tokens.total === 0) return <NoFigure why="no tokens reported" className={className} />;
  const classes = [
    `${tokens.input.toLocaleString("en")} input`,
    `${tokens.cachedRead.toLocaleString("en")} cached read`,
    `${tokens.cachedWrite.toLocaleString("en")} cached write`,
    `${tokens.output.toLocaleString("en")} output`,
    `${tokens.reasoning.toLocaleString("en")} reasoning`,
    `${tokens.total.toLocaleString("en")} in total`,
  ];
  const input = tokens.input + tokens.cachedRead + tokens.cachedWrite;
  const onlyTotal = input === 0 && tokens.output === 0;
  return (
    <span title={classes.join("\n")} className={classNames("figures whitespace-nowrap", className)}>
      {onlyTotal ? (
        <>
          {formatTokens(tokens.total)} <span className="text-faint">total</span>
        </>
      ) : (
        <>
          {formatTokens(input)} <span className="text-faint">/</span> {formatTokens(tokens.output)}
        </>
      )}
    </span>
  );
}

/** One sum of money, nano-dollars. An estimate carries its `~`. */
export function Money({ nanos, estimated = false, className }: { readonly nanos: number; readonly estimated?: boolean } & Look) {
  const isCut = Math.abs(nanos) >= mostNanos;
  const exact = `${estimated ? "estimated " : ""}$${exactDollars(nanos)}${isCut ? " or more: sums stop at the largest exact figure" : ""}`;
  return (
    <span title={exact} className={classNames("figures whitespace-nowrap", estimated && "text-muted", className)}>
      {estimated && "~"}
      {formatMoney(nanos)}
    </span>
  );
}

/** What a run cost: reported and estimated kept apart, unpriced as a word, never a silent zero. */
export function RunCost({
  cost,
  className,
}: { readonly cost: Pick<Cost, "reportedNanos" | "estimatedNanos" | "unpricedCalls" | "runReportedNanos"> } & Look) {
  const { reportedNanos, estimatedNanos, unpricedCalls } = cost;
  if (reportedNanos === 0 && estimatedNanos === 0 && unpricedCalls <= 0) {
    if (cost.runReportedNanos === 0) return <Money nanos={0} className={className} />;
    return <NoFigure why="no cost reported" className={className} />;
  }
  return (
    <span className={classNames("truncate", className)}>
      {reportedNanos !== 0 && <Money nanos={reportedNanos} />}
      {reportedNanos !== 0 && estimatedNanos !== 0 && <span className="text-faint"> + </span>}
      {estimatedNanos !== 0 && <Money nanos={estimatedNanos} estimated />}
      <Unpriced calls={unpricedCalls} isAll={reportedNanos === 0 && estimatedNanos === 0} />
    </span>
  );
}

type SummedCostProps = {
  readonly nanos: number;
  readonly unpricedCalls: number;
  /** Said where there is neither. */
  readonly none: string;
};

/** The same where reported and estimated are known as one sum only. */
export function SummedCost({ nanos, unpricedCalls, none }: SummedCostProps) {
  if (nanos <= 0 && unpricedCalls <= 0) return <NoFigure why={none} />;
  return (
    <span className="truncate">
      {nanos > 0 && <Money nanos={nanos} />}
      <Unpriced calls={unpricedCalls} isAll={nanos <= 0} />
    </span>
  );
}

/** The word for what has no price: a silent gap would pass for nothing. */
export function Unpriced({ calls, isAll }: { readonly calls: number; readonly isAll: boolean }) {
  if (calls <= 0) return null;
  const told = calls === 1 ? "1 model call has" : `${calls.toLocaleString("en")} model calls have`;
  return (
    <span title={`${told} tokens that could not be priced`} className="text-stalled">
      {isAll ? "unpriced" : " + unpriced"}
    </span>
  );
}

type RelativeTimeProps = {
  readonly at: string | number | null;
  /** Said in place of a missing time. */
  readonly missing?: string;
} & Look;

/** "4 m ago", ticking; the absolute time, local and UTC, on hover. */
export function RelativeTime({ at, missing = "time unknown", className }: RelativeTimeProps) {
  const nowMs = useNow(1_000);
  // The server's own place and language are nobody's: what it draws has the time of nowhere alone.
  const inBrowser = useInBrowser();
  if (at === null) return <NoFigure why={missing} className={className} />;
  const atMs = typeof at === "number" ? at : Date.parse(at);
  const instant = new Date(atMs);
  const utc = utcMoment(instant);
  return (
    <time
      dateTime={instant.toISOString()}
      title={inBrowser ? `${localMoment.format(instant)}\n${utc}` : utc}
      className={classNames("figures whitespace-nowrap", className)}
    >
      {formatRelativeTime(atMs, nowMs)}
    </time>
  );
}
