import type { Approval } from "@/lib/core/api/approval";
import { stringifyExact } from "@/lib/core/exact-json";
import type { Floor } from "./floor";

/** An agent that asks a human through the public door and waits for the answer. */
export class AskingAgent {
  constructor(
    readonly floor: Floor,
    readonly run: string,
  ) {}

  /** Begins the run, in Shannon's words. */
  async start(query: string): Promise<void> {
    await this.#tell({ type: "WORKFLOW_STARTED", payload: { query }, seq: 1 });
  }

  async goOn(): Promise<void> {
    await this.#tell({ type: "PROGRESS", message: "Going on", payload: { percentage: 50 } });
  }

  ask(request: object): Promise<Approval> {
    return this.#post("/api/approvals", { run: this.run, ...request });
  }

  async read(approval: Approval, query = ""): Promise<Approval> {
    return (await (await this.floor.get(`/api/approvals/${approval.id}${query}`)).json()) as Approval;
  }

  /** Resolves when a human decided. */
  hear(approval: Approval): Promise<Approval> {
    return this.read(approval, "?wait=55");
  }

  /** What somebody else decides in the meantime. */
  decide(approval: Approval, decision: object): Promise<Approval> {
    return this.#post(`/api/approvals/${approval.id}/decision`, { actionHash: approval.actionHash, ...decision });
  }

  async #tell(event: object): Promise<void> {
    await this.#post("/api/ingest/shannon", { workflow_id: this.run, agent_id: "cleaner", ...event });
  }

  async #post<T>(path: string, body: object): Promise<T> {
    const reply = await fetch(`${this.floor.url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.floor.token}`, "content-type": "application/json" },
      body: stringifyExact(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  }
}
