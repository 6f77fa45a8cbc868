"use client";
import { type Connection, retryConnection } from "@/lib/client/hooks/use-connection";
import { useNow } from "@/lib/client/hooks/use-now";
import { BareButton } from "./bare-button";
import { classNames } from "./class-names";
import { Tooltip } from "./tooltip";

type LiveBadgeProps = {
  readonly connection: Connection;
  /** The reader stopped the page, not the stream; `held` events wait. */
  readonly paused?: { readonly held: number };
  /** Only the dot, for narrow places; the word stays for screen readers. */
  readonly compact?: boolean;
  readonly className?: string;
};

type Look = { readonly tone: string; readonly dot: string; readonly word: string; readonly hint: string; readonly retry: boolean };

const noticeableLagMs = 1_000;

/** Live, Reconnecting in n s, Paused or Disconnected, with lag and what is held back. */
export function LiveBadge({ connection, paused, compact = false, className }: LiveBadgeProps) {
  const nowMs = useNow(connection.status === "reconnecting" ? 500 : null);
  const look = lookOf(connection, paused, nowMs);
  const content = (
    <>
      <span aria-hidden className={classNames("size-2 shrink-0 rounded-full", look.dot)} />
      <span className={classNames("figures", compact && "sr-only")}>{look.word}</span>
    </>
  );
  const box = classNames("inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-row px-1.5 text-meta", look.tone, className);
  return (
    <Tooltip text={look.hint}>
      {look.retry ? (
        <BareButton className={classNames(box, "hover:bg-hover")} onClick={retryConnection}>
          {content}
        </BareButton>
      ) : (
        <span role="status" className={box}>
          {content}
        </span>
      )}
    </Tooltip>
  );
}

function lookOf(connection: Connection, paused: LiveBadgeProps["paused"], nowMs: number): Look {
  switch (connection.status) {
    case "connecting":
      return { tone: "text-muted", dot: "bg-queued", word: "Connecting", hint: "Opening the live stream.", retry: false };
    case "reconnecting": {
      const seconds = Math.max(0, Math.ceil((connection.retryAtMs - nowMs) / 1_000));
      const word = seconds > 0 ? `Reconnecting in ${seconds} s` : "Reconnecting";
      const hint = "The stream was cut. Nothing is lost: it resumes where it stopped. Press to try now.";
      return { tone: "text-waiting", dot: "bg-waiting", word, hint, retry: true };
    }
    case "disconnected": {
      const hint =
        connection.reason === "signed-out" ? "This browser is no longer signed in. Press to try again." : "Press to connect again.";
      return { tone: "text-failed", dot: "bg-failed", word: "Disconnected", hint, retry: true };
    }
    case "live":
      if (paused) return pausedLook(paused.held);
      return liveLook(connection);
  }
}

function pausedLook(held: number): Look {
  const word = held > 0 ? `Paused (+${held.toLocaleString("en")})` : "Paused";
  return { tone: "text-paused", dot: "bg-paused", word, hint: "You stopped this page; events still arrive and are kept.", retry: false };
}

function liveLook({ lagMs, buffered }: Extract<Connection, { status: "live" }>): Look {
  const lag = lagMs === null ? "" : ` Latest event was here ${Math.round(lagMs).toLocaleString("en")} ms after it was stored.`;
  const held = buffered > 0 ? ` Events being read: ${buffered.toLocaleString("en")}.` : "";
  const late = lagMs !== null && lagMs >= noticeableLagMs ? `, ${(lagMs / 1_000).toFixed(1)} s behind` : "";
  return {
    tone: "text-succeeded",
    dot: "bg-succeeded",
    word: `Live${late}`,
    hint: `Changes appear as they happen.${lag}${held}`,
    retry: false,
  };
}
