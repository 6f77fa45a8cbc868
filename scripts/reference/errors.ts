import { refusals } from "@/lib/server/errors";
import { rejections } from "@/lib/server/ingest/rejections";
import { code, parts, table } from "./markdown";

const again: Readonly<Record<(typeof refusals)[keyof typeof refusals]["again"], string>> = {
  changed: "after a change",
  later: "yes, unchanged, after a pause",
  never: "no",
};

/** Every code that a request may be refused with. */
export function errorsPage(): string {
  const rows = Object.entries(refusals).map(([name, one]) => [code(name), String(one.status), one.meaning, again[one.again]]);
  const rejected = Object.entries(rejections).map(([name, meaning]) => [code(name), meaning]);
  return parts(
    "# Errors",
    "Every error has the same form and one of these codes. `code` is for programs; `message` and `hint` are for people. `path` names the field or parameter that is not valid. `requestId` finds the request in the server's log.",
    '```\n{ "error": { "code": "not_found", "message": "There is no run with this id in this project.", "requestId": "...", "path": "run" } }\n```',
    "If a request lost a race, the reply has the winner beside `error`: `approval`, `control`, `repricing` or `alert`.",
    table(["code", "status", "meaning", "retry?"], rows),
    "## Rejected events",
    "Each event of a body is accepted or rejected on its own. If at least one is accepted, the reply is 2xx and lists the others in `rejected`, with their index and one of these codes. If all are rejected, it is 422. An unknown type is never rejected.",
    table(["code", "meaning"], rejected),
  );
}
