"use client";
import { TriangleAlert } from "lucide-react";
import { ApiError } from "@/lib/client/hooks/api-error";

const titles: Readonly<Record<string, string>> = {
  already_decided: "Somebody else decided first.",
  expired: "The request has expired.",
  run_ended: "The run has ended.",
  superseded: "The agent now asks for something else.",
  stale: "The request changed while you were viewing it.",
  schema_mismatch: "This does not match the schema.",
  own_request: "You cannot decide your own request.",
};

/** Why a decision was not taken; the request itself shows what is true now. */
export function Refused({ error }: { readonly error: Error }) {
  const code = error instanceof ApiError ? error.code : "";
  const where = error instanceof ApiError && code === "schema_mismatch" ? error.detail.path : null;
  return (
    <p role="alert" className="flex items-start gap-2 rounded-box border border-line-strong bg-panel px-3 py-2">
      <TriangleAlert aria-hidden size={15} className="mt-0.5 shrink-0 text-failed" />
      <span className="min-w-0 break-words">
        <span className="font-medium">{titles[code] ?? "The decision was not accepted."}</span>{" "}
        <span className="text-muted">
          {error.message}
          {where && ` (${where})`}
          {error instanceof ApiError && error.hint && ` ${error.hint}`}
        </span>
      </span>
    </p>
  );
}
