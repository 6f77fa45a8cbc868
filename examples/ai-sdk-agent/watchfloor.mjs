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
    for await (const { data } of reply.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())) {
      const { type, approval } = JSON.parse(data);
      if (type === "approval.decided" && approval.requestId !== id) continue;
      const settled = await this.#ifSettled(id, 0);
      if (settled) return settled;
    }
    return this.#fromLongPoll({ id });
  }

  async #send(method, path, body) {
    return (await this.#fetch(method, path, body)).json();
  }

  async #fetch(method, path, body) {
    const reply = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#key}`, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  }
}
