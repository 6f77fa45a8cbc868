import { useMutation } from "@tanstack/react-query";
import type { JsonObject } from "@/lib/core/json";
import { request } from "../api/request";

type Sending = { readonly path: string; readonly key: string | null; readonly events: readonly JsonObject[] };
export type IngestReply = {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly message: string }[];
};

/** Sends events through the public door, with a key as a sender would, or with the browser's session. */
export function useSendEvents() {
  return useMutation({
    mutationFn: ({ path, key, events }: Sending) =>
      request<IngestReply>(path, { method: "POST", body: events, headers: key === null ? {} : { authorization: `Bearer ${key}` } }),
  });
}
