import { refusals } from "@/lib/server/errors";
import { rejections } from "@/lib/server/ingest/rejections";
import { code, parts, table } from "./markdown";

const again: Readonly<Record<(typeof refusals)[keyof typeof refusals]["again"], string>> = {
  changed: "with something else",
  later: "yes, the same after a pause",
  never: "no",
};

/** Every code that a request may be refused with. */
export function errorsPage(): string {
  const rows = Object.entries(refusals).map(([name, one]) => [code(name), String(one.status), one.meaning, again[one.again]]);
  const rejected = Object.entries(rejections).map(([name, meaning]) => [code(name), meaning]);
  return parts(
    "# Errors",
    "A refusal has one form everywhere, and one of these codes. Programs read `code`; `message` and `hint` are for people, `path` names the field or parameter that does not fit, `requestId` is what the server's log has.",
    '```\n{ "error": { "code": "not_found", "message": "There is no run with this id in this project.", "requestId": "...", "path": "run" } }\n```',
    "Whoever lost a race is told what won beside `error`: `approval`, `control`, `repricing` or `alert`.",
    table(["code", "status", "meaning", "ask again?"], rows),
    "## Events that are refused",
    "Of several events in one body each is taken or refused for itself: the answer is 2xx as long as one was taken, and lists the others in `rejected` with their place and one of these codes. When all were refused it is 422. A type that nobody knows is never refused.",
    table(["code", "meaning"], rejected),
  );
}
