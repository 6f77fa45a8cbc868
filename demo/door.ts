import { setMaxListeners } from "node:events";
import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { backoffMs, defaultBackoff, pause, retryAfterMs } from "@/cli/connection/backoff";
import { refusal, request, Unreachable } from "@/cli/connection/request";
import type { Connection } from "@/cli/connection/settings";
import type { Dialect } from "@/lib/core/dialect";
import type { JsonObject } from "@/lib/core/json";

export type DoorOptions = {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** A body that is still being written. */
export type OpenBody = {
  /** Sends one frame; after a break it opens a new body and goes on there. */
  readonly write: (frame: string) => Promise<void>;
  readonly end: () => Promise<void>;
};

/** The public doors, as any agent system would use them: patient with a busy or restarting server, never silent about a refusal. */
export type Door = {
  /** Answers false only when the demo is stopping. */
  readonly post: (path: string, body: JsonObject | readonly JsonObject[]) => Promise<boolean>;
  readonly open: (dialect: Dialect, run: string, replay: boolean) => OpenBody;
};

export function createDoor(options: DoorOptions): Door {
  // Every run in flight listens for the end of the demo.
  setMaxListeners(100, options.signal);
  return {
    post: (path, body) => post(options, path, JSON.stringify(body)),
    open: (dialect, run, replay) => openBody(options, `/api/ingest/${dialect}?run=${encodeURIComponent(run)}`, replay),
  };
}

async function post({ connection, signal, say }: DoorOptions, path: string, body: string): Promise<boolean> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    if (attempt === 4) say(`${connection.url} is unreachable or busy; the agents are waiting for it`);
    const waitMs = await tryPost({ connection, signal, say }, path, body);
    if (waitMs === "done") return true;
    await pause(waitMs === "later" ? backoffMs(defaultBackoff, attempt) : waitMs, signal);
  }
  return false;
}

/** How long to wait before the next try, if there is to be one. */
async function tryPost({ connection, signal, say }: DoorOptions, path: string, body: string): Promise<"done" | "later" | number> {
  try {
    const response = await request(connection, path, { method: "POST", headers: { "content-type": "application/json" }, body, signal });
    if (response.status >= 500 || response.status === 429) {
      await response.body?.cancel();
      return retryAfterMs(response.headers) ?? "later";
    }
    if (response.ok) await response.body?.cancel();
    else say((await refusal(connection, response)).message);
    // A refused key will not be accepted by asking again: the demo says so and stops.
    if (response.status === 401 || response.status === 403) throw new Error("the demo needs a key with the scope ingest");
    return "done";
  } catch (error) {
    if (error instanceof Unreachable || signal.aborted) return "later";
    throw error;
  }
}

type Body = { readonly request: ClientRequest; broken: boolean; readonly answered: Promise<number> };

/**
 * `replay`: the system numbers its events, so that a broken body is sent again from its start and the doubles are
 * recognised. Without numbers it goes on with the next frame, as a relay would.
 */
function openBody(options: DoorOptions, path: string, replay: boolean): OpenBody {
  const sent: string[] = [];
  let body: Body | null = null;

  async function ready(): Promise<Body | null> {
    for (let attempt = 0; !options.signal.aborted; attempt += 1) {
      const reopened = body === null || body.broken;
      body = body !== null && !body.broken ? body : startBody(options, path);
      if (!reopened) return body;
      if (await connected(body)) {
        if (replay) for (const frame of sent) body.request.write(frame);
        return body;
      }
      await pause(backoffMs(defaultBackoff, attempt), options.signal);
    }
    return null;
  }

  return {
    write: async (frame) => {
      const open = await ready();
      open?.request.write(frame);
      if (replay) sent.push(frame);
    },
    end: async () => {
      for (let attempt = 0; attempt < 5 && !options.signal.aborted; attempt += 1) {
        const open = await ready();
        open?.request.end();
        const status = (await open?.answered) ?? 0;
        if (status >= 200 && status < 300) return;
        if (status >= 400 && status < 500) return options.say(`${path.split("?")[0]} answered ${status}`);
        if (!replay) return;
        body = null;
        await pause(backoffMs(defaultBackoff, attempt), options.signal);
      }
    },
  };
}

function startBody({ connection, signal }: DoorOptions, path: string): Body {
  const url = new URL(connection.url + path);
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const headers = {
    "content-type": "text/event-stream",
    ...(connection.key !== undefined && { authorization: `Bearer ${connection.key}` }),
  };
  const outgoing = send(url, { method: "POST", headers, signal });
  outgoing.flushHeaders();
  const answered = new Promise<number>((resolve) => {
    outgoing.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on("close", () => resolve(0));
    outgoing.on("error", () => resolve(0));
  });
  const body: Body = { request: outgoing, broken: false, answered };
  // An answer before the end of the body is a refusal (503 while it restarts): what follows needs a new body.
  void answered.then(() => {
    body.broken = true;
  });
  return body;
}

function connected(body: Body): Promise<boolean> {
  return new Promise((resolve) => {
    body.request.on("socket", (socket) => {
      if (!socket.connecting) resolve(true);
      else socket.once("connect", () => resolve(true));
    });
    void body.answered.then(() => resolve(false));
  });
}
