import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { AlertNewsEntry } from "@/lib/core/alerts/alert";
import { streamClient } from "../stream/stream-client";
import { serverNowMs } from "../time/shared-clock";
import { useAlertNews } from "./use-alert-news";
import { useFeed } from "./use-feed";

export type NoticePermission = NotificationPermission | "unsupported";

const listeners = new Set<() => void>();
/** A question older than this was waiting before the page came: nobody is startled by it. */
const freshMs = 60_000;

function permissionNow(): NoticePermission {
  return typeof Notification === "undefined" ? "unsupported" : Notification.permission;
}

/** Whether this browser may show desktop notifications, and the way to ask. */
export function useNoticePermission(): { readonly permission: NoticePermission; readonly ask: () => void } {
  const permission = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    permissionNow,
    () => "default" as const,
  );
  const ask = useCallback(() => {
    void Notification.requestPermission().then(() => {
      for (const listener of listeners) listener();
    });
  }, []);
  return { permission, ask };
}

export type Notice = { readonly tag: string; readonly title: string; readonly body: string; readonly href: string };

/** Shows a desktop notification where that was allowed, in one tab for all; its tag lets one message be there once. */
function show({ tag, title, body, href }: Notice, onOpen: (href: string) => void): void {
  if (permissionNow() !== "granted" || !streamClient().speaks) return;
  try {
    const notification = new Notification(title, { tag, body });
    notification.addEventListener("click", () => {
      focus();
      notification.close();
      onOpen(href);
    });
  } catch {
    // Some browsers on phones only allow it to service workers.
  }
}

/** An alert in words. They are read when one is told, as most pages are left before that; where they cannot be, its name has to do. */
async function alertNotice(entry: AlertNewsEntry): Promise<Notice> {
  const words = await import("@/lib/core/alerts/message").catch(() => null);
  return {
    tag: `alert-${entry.n}`,
    title: words === null ? entry.ruleName : words.headlineOf(entry),
    body: words === null ? "" : words.messageLines(entry).join("\n"),
    href: `/alerts?alert=${entry.alertId}`,
  };
}

type NoticeOptions = {
  /** The log entry from which on alerts are told of: also what happens between the drawing of the page and its first connection. */
  readonly alertsKnown: number;
  /** Called in every tab for each step that people are told of. */
  readonly onAlert: (entry: AlertNewsEntry, notice: Notice) => void;
  /** A desktop notification was pressed: opens its page in this tab. */
  readonly onOpen: (href: string) => void;
};

/** Tells of alerts and of humans who are asked. */
export function useNotices({ alertsKnown, onAlert, onOpen }: NoticeOptions): void {
  useEffect(() => streamClient().alertsKnown(alertsKnown), [alertsKnown]);
  const asked = useRef(new Map<string, string>());
  useAlertNews(async (news) => {
    for (const entry of news.entries) {
      if (!entry.told) continue;
      const notice = await alertNotice(entry);
      onAlert(entry, notice);
      show(notice, onOpen);
    }
  });
  useFeed({
    onFrames: (frames) => {
      for (const { run } of frames) {
        const since = run.waitingSince;
        if (run.pendingApprovals === 0) asked.current.delete(run.id);
        if (run.pendingApprovals === 0 || since === undefined || asked.current.get(run.id) === since) continue;
        asked.current.set(run.id, since);
        if (serverNowMs() - Date.parse(since) > freshMs) continue;
        const body = `${run.name}\n${run.waitingFor ?? ""}`;
        show({ tag: `asked-${run.id}-${since}`, title: "Waiting for a human", body, href: "/approvals" }, onOpen);
      }
    },
    onStart: () => {},
  });
}
