import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ApiError } from "../api/request";
import { projectQueries } from "../queries/project";
import { useConnection } from "./use-connection";

const signedOutPath = "/signed-out?reason=ended";

/** Notices that what this browser may do has changed: whoever is refused asks who they are now, and leaves when that is nobody. */
export function useAccessChanges(): void {
  const client = useQueryClient();
  const connection = useConnection();
  // A tab that joins hears how the stream stood before it: that the session is over is not believed, but asked.
  const isOut = connection.status === "disconnected" && connection.reason === "signed-out";
  useEffect(() => {
    if (isOut) void client.invalidateQueries(projectQueries.me());
  }, [isOut, client]);
  useEffect(() => {
    const me = projectQueries.me().queryKey[0];
    const look = (error: unknown, isMe: boolean) => {
      if (!(error instanceof ApiError)) return;
      if (!isMe && (error.status === 401 || error.code === "forbidden")) void client.invalidateQueries(projectQueries.me());
      if (isMe && error.status === 401) location.assign(signedOutPath);
    };
    const heard = [
      client.getMutationCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") look(event.action.error, false);
      }),
      client.getQueryCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") look(event.action.error, event.query.queryKey[0] === me);
      }),
    ];
    return () => {
      for (const stop of heard) stop();
    };
  }, [client]);
}
