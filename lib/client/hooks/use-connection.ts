import { useSyncExternalStore } from "react";
import type { Connection } from "../stream/protocol";
import { streamClient } from "../stream/stream-client";

export type { Connection } from "../stream/protocol";

const connecting: Connection = { status: "connecting" };

/** How the live stream is doing; opens it when nobody has yet. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => streamClient().onConnection(listener),
    () => streamClient().connection,
    () => connecting,
  );
}

/** Tries to connect at once instead of at the announced time. */
export function retryConnection(): void {
  streamClient().retry();
}
