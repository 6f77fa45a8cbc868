import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { EventSourceParserStream } from "eventsource-parser/stream";

/** A run as Watchfloor hears of it, in agent-os's words, and the human on the other side. */
export class Watchfloor {
  #url;
  #key;
  #run;
  #way;

  /** `way`: how the answer comes back, `long-poll` or `stream`. */
  constructor({ url, key, run, way }) {
    this.#url = url;
    this.#key = key;
    this.#run = run;
    this.#way = way;
  }

  /** Tells of something that happened. */
  async tell(type, payload, more = {}) {
    await this.#send("POST", "/api/ingest", { event_type: type, sdk_run_id: this.#run, payload, ...more });
  }

  /**
   * Asks a human whether a tool may run and waits for the answer. Gives `{ allowed, input, reason }`: `input` is what was
   * approved, which may be edited.
   */
  async askAboutTool(tool, input, { question, schema }) {
    const asked = await this.#send("POST", "/api/approvals", {
      ...{ run: this.#run, kind: "tool", tool, arguments: input, question, schema, agent: "cleaner" },
      expiresInSeconds: 600,
    });
    const decided = this.#way === "stream" ? await this.#fromStream(asked) : await this.#fromLongPoll(asked);
    await this.#send("POST", `/api/approvals/${asked.id}/acknowledgement`, {});
    const allowed = decided.word === "approved";
    return { allowed, input: decided.editedArguments ?? input, reason: decided.comment ?? decided.word };
  }

  /** One request that is answered when a human decided; asked again as long as nobody has. */
  async #fromLongPoll({ id }) {
    for (;;) {
      const settled = await this.#ifSettled(id, 50);
      if (settled) return settled;
    }
  }

  async #ifSettled(id, waitSeconds) {
    const { status, decision } = await this.#send("GET", `/api/approvals/${id}?wait=${waitSeconds}`);
    return status === "pending" ? null : { word: status, comment: decision?.comment, editedArguments: decision?.editedArguments };
  }

  /**
   * The run's own stream, from the request on, so that no decision falls between asking and listening. A request also ends undecided:
   * with its run, or when another takes its place.
   */
  async #fromStream({ id, requestedSeq }) {
    const types = "approval.*,run.*";
    const reply = await this.#fetch("GET", `/api/runs/${this.#run}/stream?types=${types}&from=${requestedSeq + 1}`);
    try {
      for await (const { data } of reply.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())) {
        const { type, approval } = JSON.parse(data);
        if (type === "approval.decided" && approval.requestId !== id) continue;
        const settled = await this.#ifSettled(id, 0);
        if (settled) return settled;
      }
    } catch {
      // The stream broke off, as it does when the server restarts: what was decided meanwhile is asked for.
    }
    return this.#fromLongPoll({ id });
  }

  async #send(method, path, body) {
    return (await this.#fetch(method, path, body)).json();
  }

  /** A person may take hours, and the server may restart meanwhile. What is sent again under the same Idempotency-Key is done once. */
  async #fetch(method, path, body) {
    const headers = { authorization: `Bearer ${this.#key}`, "content-type": "application/json" };
    if (body) Object.assign(headers, { "idempotency-key": randomUUID() });
    for (let attempt = 0; ; attempt++) {
      const reply = await fetch(`${this.#url}${path}`, { method, headers, body: body && JSON.stringify(body) }).catch(() => null);
      if (reply?.ok) return reply;
      if (reply && reply.status !== 503) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
      if (attempt === 0) console.log("waits for ", this.#url);
      await pause(1_000 * Number(reply?.headers.get("retry-after") ?? 1));
    }
  }
}
