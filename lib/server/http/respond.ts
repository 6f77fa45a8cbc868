import { audited } from "../audit/audited";
import { DomainError, refusals } from "../errors";
import { services } from "../services";
import { authenticate } from "./authenticate";
import { type FullReply, json, type Reply, type Unrouted } from "./call";
import { knownError } from "./known-error";
import { nobody } from "./principal";
import type { Match, Router } from "./router";
import { askAgainMs, cutWhenRefused } from "./still-allowed";

/** Handles a call: routes, authorises, runs, and turns anything thrown into the one error body. Null = the path is not ours. */
export function respond(router: Router, call: Unrouted): Promise<Reply> | Reply | null {
  const found = router.find(call.method, call.path);
  if (!found) return null;
  if ("allowed" in found)
    return errorReply(new DomainError("method_not_allowed", `This address does not support ${call.method}.`), call.requestId, {
      allow: found.allowed.join(", "),
    });
  return run(found, call);
}

async function run({ route, params }: Match, call: Unrouted): Promise<Reply> {
  try {
    // The call itself, not a copy: copying would parse its query, which most calls do not have.
    if (route.scope === "open") return await route.run(Object.assign(call, { params, principal: nobody, stillAllowed: async () => {} }));
    const principal = await authenticate(call, route);
    const ask = async () => void (await authenticate(call, route));
    const began = performance.now();
    const known = Object.assign(call, { params, principal, stillAllowed: ask });
    const reply = await (route.audit ? audited(route.audit, known, () => route.run(known)) : route.run(known));
    // A caller that waited for the response may have lost the right to it.
    if (isNoted(reply) || (call.method === "GET" && performance.now() - began > askAgainMs)) await ask();
    return cutWhenRefused(reply, ask);
  } catch (error) {
    return failureReply(error, call.requestId);
  }
}

function isNoted(reply: Reply): boolean {
  return reply.kind === "full" && reply.given !== undefined;
}

/** The response for anything thrown. What is not a DomainError is logged and reported as `internal`, without its text. */
export function failureReply(error: unknown, requestId: string): Reply {
  const known = knownError(error);
  if (known) return errorReply(known, requestId);
  services().log.error({ err: error, requestId }, "request failed");
  return errorReply(
    new DomainError("internal", "The server failed to handle this request. Nothing of it was stored.", {
      hint: "The server's log has the details under this request id.",
    }),
    requestId,
  );
}

/** The response to a WebSocket request without a handshake. */
export function handshakeNeeded(requestId: string): FullReply {
  const error = new DomainError("upgrade_required", "This address serves a WebSocket: open it with a WebSocket client.", {
    hint: "A proxy in between must forward the Connection and Upgrade headers.",
  });
  return errorReply(error, requestId, { connection: "Upgrade, close", upgrade: "websocket" });
}

export function errorBody(error: DomainError, requestId: string) {
  return {
    error: {
      code: error.code,
      message: error.message,
      requestId,
      ...(error.path === undefined ? {} : { path: error.path }),
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    },
    ...error.beside,
  };
}

export function errorReply(error: DomainError, requestId: string, headers: Record<string, string> = {}): FullReply {
  const status = refusals[error.code].status;
  return json(status, errorBody(error, requestId), {
    ...headers,
    "x-request-id": requestId,
    ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
    ...(status === 503 ? { "retry-after": String(error.retryAfterSeconds ?? 1) } : {}),
  });
}
