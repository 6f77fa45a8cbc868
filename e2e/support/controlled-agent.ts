import type { Control, RunControl } from "@/lib/core/api/control";
import type { Floor } from "./floor";

/** An agent that asks between two steps whether it should pause or stop, and says what it did. */
export class ControlledAgent {
  #seq = 0;

  constructor(
    readonly floor: Floor,
    readonly run: string,
  ) {}

  /** One of Shannon's events. */
  async tell(type: string, payload: object = {}): Promise<void> {
    this.#seq += 1;
    await this.#post("/api/ingest/shannon", { workflow_id: this.run, type, seq: this.#seq, payload });
  }

  /** Resolves with what somebody asked for since the request with this number. */
  async hear(after = 0): Promise<RunControl> {
    return (await (await this.floor.get(`/api/runs/${this.run}/control?wait=50&after=${after}`)).json()) as RunControl;
  }

  async acknowledge(control: Control, state: "acknowledged" | "done" = "acknowledged"): Promise<void> {
    await this.#post(`/api/runs/${this.run}/control/${control.id}/acknowledgement`, { state });
  }

  async #post(path: string, body: object): Promise<void> {
    const reply = await fetch(`${this.floor.url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.floor.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  }
}
