import { stringifyExact } from "@/lib/core/exact-json";
import type { CachedRun } from "../events/append/run-cache";
import type { SocketReply } from "../http/call";
import { services } from "../services";
import type { ResumePoint } from "./resume-point";
import type { RunFormat } from "./run-format";
import type { Sink } from "./sink";
import { resetNotice } from "./stream-run";
import { textFrame } from "./text-frame";

type SocketOptions = { readonly format: RunFormat; readonly from: ResumePoint };

/** A run's log over a WebSocket, from where its reader was, and live until it leaves. */
export function socketRun(run: CachedRun, options: SocketOptions): SocketReply {
  return { kind: "socket", start: (sink) => follow(run, options, sink) };
}

function follow(run: CachedRun, { format, from }: SocketOptions, sink: Sink): void {
  if (from.unknownCursor) sink.write(textFrame(stringifyExact(resetNotice(run))));
  const leave = services().hub.followRun(
    { projectId: run.projectId, runId: run.id, dialect: run.source.dialect, lastSeq: run.lastSeq },
    { format, after: from.after, sink },
  );
  sink.onClose(leave);
}
