"use client";
import { type Connection, retryConnection } from "@/lib/client/hooks/use-connection";
import { useNow } from "@/lib/client/hooks/use-now";
import { BareButton } from "./bare-button";
import { classNames } from "./class-names";
import { Tooltip } from "./tooltip";

type LiveBadgeProps = {
  readonly connection: Connection;
  /** Only the dot, for narrow places; the word stays for screen readers. */
  readonly compact?: boolean;
  readonly className?: string;
};

type Look = {
  readonly tone: string;
  readonly dot: string;
  readonly word: string;
  /** What changes all the time: seen, and not read out each time. */
  readonly detail?: string;
  readonly hint: string;
  readonly retry: boolean;
};

const noticeableLagMs = 1_000;

/** Live, Reconnecting in n s or Disconnected, with the lag. */
export function LiveBadge({ connection, compact = false, className }: LiveBadgeProps) {
  const nowMs = useNow(connection.status === "reconnecting" ? 500 : null);
  const look = lookOf(connection, nowMs);
  const content = (
    <>
      <span aria-hidden className={classNames("size-2 shrink-0 rounded-full", look.dot)} />
      <span className={classNames("figures", compact && "sr-only")}>
        <span>{look.word}</span>
        <span aria-hidden>{look.detail}</span>
      </span>
    </>
  );
  const box = classNames("inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-row px-1.5 text-meta", look.tone, className);
  return (
    // Around both, as only what changes in a status that stays is read out.
    <span role="status" className="contents">
      <Tooltip text={look.hint}>
        {look.retry ? (
          <BareButton className={classNames(box, "hover:bg-hover")} onClick={retryConnection}>
            {content}
          </BareButton>
        ) : (
          <span className={box}>{content}</span>
        )}
      </Tooltip>
    </span>
  );
}

function lookOf(connection: Connection, nowMs: number): Look {
  switch (connection.status) {
    case "connecting":
      return { tone: "text-muted", dot: "bg-queued", word: "Connecting", hint: "Opening the live stream.", retry: false };
    case "reconnecting": {
      const seconds = Math.max(0, Math.ceil((connection.retryAtMs - nowMs) / 1_000));
      const detail = seconds > 0 ? ` in ${seconds} s` : "";
      const hint = "The stream was interrupted. Nothing is lost: it resumes where it stopped. Press to retry now.";
      return { tone: "text-waiting", dot: "bg-waiting", word: "Reconnecting", detail, hint, retry: true };
    }
    case "disconnected": {
      const hint = connection.reason === "signed-out" ? "This browser is no longer signed in. Press to retry." : "Press to reconnect.";
      return { tone: "text-failed", dot: "bg-failed", word: "Disconnected", hint, retry: true };
    }
    case "live":
      return liveLook(connection);
  }
}

function liveLook({ lagMs, buffered }: Extract<Connection, { status: "live" }>): Look {
  const lag = lagMs === null ? "" : ` The latest event arrived ${Math.round(lagMs).toLocaleString("en")} ms after it was stored.`;
  const held = buffered > 0 ? ` Events being loaded: ${buffered.toLocaleString("en")}.` : "";
  return {
    tone: "text-succeeded",
    dot: "bg-succeeded",
    word: "Live",
    detail: lagMs !== null && lagMs >= noticeableLagMs ? `, ${(lagMs / 1_000).toFixed(1)} s behind` : "",
    hint: `Changes appear as they happen.${lag}${held}`,
    retry: false,
  };
}
