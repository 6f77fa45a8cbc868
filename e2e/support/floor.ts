import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EventPage } from "@/lib/core/api/event";
import type { RunList, RunSummary } from "@/lib/core/api/run";
import type { Dialect } from "@/lib/core/dialect";
import type { JsonObject } from "@/lib/core/json";

/** An event as its system sends it; `event` and `id` are lines of its SSE frame. */
export type Wire = { readonly body: JsonObject; readonly event?: string; readonly id?: string };

type Accepted = {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly unknown[];
  readonly runs: readonly { readonly id: string; readonly externalId: string }[];
};

/** One body holds at most 4 MiB. */
const bodiesAtOnce = 8;

/** A running Watchfloor as agents and tools on the same machine see it: through its public doors, with the local token. */
export class Floor {
  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  /** The server that left its address in this data folder. */
  static of(dataDir: string): Floor {
    const { url, token } = JSON.parse(readFileSync(join(dataDir, "local.json"), "utf8")) as { url: string; token: string };
    return new Floor(url, token);
  }

  /** Sends events the way the dialect's own system does, and insists that each was stored. Gives our id of the run. */
  async send(dialect: Dialect, run: string, wires: readonly Wire[]): Promise<string> {
    const bodies = wires.map((wire) => wire.body);
    switch (dialect) {
      case "shannon":
      case "resonant":
        return this.#stored(wires.length, await this.#post(`/api/ingest/${dialect}`, "application/json", JSON.stringify(bodies)), run);
      case "agent-os": {
        for (const body of bodies) await this.#post("/api/ingest", "application/json", JSON.stringify(body));
        return (await this.run(run)).id;
      }
      case "powabase":
      case "crewship": {
        const path = `/api/ingest/${dialect}?run=${encodeURIComponent(run)}`;
        return this.#stored(wires.length, await this.#post(path, "text/event-stream", wires.map(frameOf).join("")), run);
      }
    }
  }

  /** Sends Shannon events as lines, the form for many. */
  async sendLines(bodies: readonly JsonObject[]): Promise<void> {
    const lines = bodies.map((body) => `${JSON.stringify(body)}\n`).join("");
    const reply = (await (await this.#post("/api/ingest/shannon", "application/x-ndjson", lines)).json()) as Accepted;
    if (reply.accepted !== bodies.length)
      throw new Error(`stored ${reply.accepted} of ${bodies.length}: ${JSON.stringify(reply.rejected)}`);
  }

  /** Sends bodies as they are, whatever they hold, a few at a time; gives our id of the run that they went to. */
  async sendBodies(dialect: Dialect, run: string, bodies: readonly JsonObject[]): Promise<string> {
    const path = `/api/ingest/${dialect}?run=${encodeURIComponent(run)}`;
    const ids = new Set<string>();
    for (let from = 0; from < bodies.length; from += bodiesAtOnce) {
      const part = bodies.slice(from, from + bodiesAtOnce);
      const response = await this.#post(path, "application/json", JSON.stringify(part));
      const reply = (await response.json()) as Accepted;
      if (reply.accepted !== part.length) throw new Error(`stored ${reply.accepted} of ${part.length}: ${JSON.stringify(reply.rejected)}`);
      for (const { id } of reply.runs) ids.add(id);
    }
    const [id = ""] = ids;
    if (ids.size !== 1) throw new Error(`stored in ${ids.size} runs`);
    return id;
  }

  /** A run by our id or the sender's. */
  async run(id: string): Promise<RunSummary> {
    return (await this.get(`/api/runs/${encodeURIComponent(id)}`)).json() as Promise<RunSummary>;
  }

  async runs(query = ""): Promise<readonly RunSummary[]> {
    return ((await (await this.get(`/api/runs${query}`)).json()) as RunList).runs;
  }

  async events(runId: string): Promise<EventPage> {
    return (await this.get(`/api/runs/${runId}/events?limit=1000&raw=1`)).json() as Promise<EventPage>;
  }

  async makeKey(name: string): Promise<void> {
    await this.#post("/api/keys", "application/json", JSON.stringify({ name, scopes: ["ingest"] }));
  }

  /** A link that signs one browser in, once. */
  async signInLink(): Promise<string> {
    const reply = await this.#post("/api/sign-in-links", "application/json", "{}");
    return ((await reply.json()) as { url: string }).url;
  }

  /** A figure of /metrics. */
  async metric(name: string): Promise<number> {
    const text = await (await this.get("/metrics")).text();
    const line = text.split("\n").find((each) => each.startsWith(`${name} `));
    if (!line) throw new Error(`no metric ${name}`);
    return Number(line.slice(name.length));
  }

  async get(path: string): Promise<Response> {
    return answered(await fetch(`${this.url}${path}`, { headers: { authorization: `Bearer ${this.token}` } }), path);
  }

  /** What a tool on this machine posts as JSON. */
  async post<T>(path: string, body: object): Promise<T> {
    return (await this.#post(path, "application/json", JSON.stringify(body))).json() as Promise<T>;
  }

  async #post(path: string, type: string, body: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": type };
    return answered(await fetch(`${this.url}${path}`, { method: "POST", headers, body }), path);
  }

  async #stored(count: number, response: Response, run: string): Promise<string> {
    const reply = (await response.json()) as Accepted;
    if (reply.accepted !== count) throw new Error(`stored ${reply.accepted} of ${count}: ${JSON.stringify(reply)}`);
    const stored = reply.runs.find((each) => each.externalId === run);
    if (!stored) throw new Error(`stored in other runs than ${run}: ${JSON.stringify(reply.runs)}`);
    return stored.id;
  }
}

async function answered(response: Response, path: string): Promise<Response> {
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

function frameOf({ body, event, id }: Wire): string {
  const name = event === undefined ? "" : `event: ${event}\n`;
  return `${name}data: ${JSON.stringify(body)}\n${id === undefined ? "" : `id: ${id}\n`}\n`;
}
