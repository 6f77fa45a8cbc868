import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { streamClient } from "../stream/stream-client";

/** Asks again, once the server is heard again, for whatever could not be read meanwhile: a page gets well by itself. */
export function useAskAgain(): void {
  const client = useQueryClient();
  useEffect(() => {
    let wasLive = false;
    return streamClient().onConnection(() => {
      const isLive = streamClient().connection.status === "live";
      if (isLive && !wasLive) void client.refetchQueries({ type: "active", predicate: ({ state }) => state.error !== null });
      wasLive = isLive;
    });
  }, [client]);
}
