import type { OrderKey } from "./order-key";

export type TeamAgent = {
  readonly agent: string;
  readonly role: string | null;
  readonly parent: string | null;
  /** idle: not seen at work; stopped: was at work when the run failed, was cancelled or expired. */
  readonly status: "idle" | "working" | "done" | "failed" | "stopped" | "retired";
  readonly capabilities: readonly string[];
  /** Declared by a recruit or role event, rather than only seen at work. */
  readonly declared: boolean;
  readonly firstSeq: number;
};

/** Declared traffic between two agents, never inferred from spans. */
export type TeamEdge = {
  readonly from: string;
  readonly to: string;
  readonly delegations: number;
  readonly messages: number;
  readonly tokens: number;
  readonly costNanos: number;
  readonly lastSeq: number;
};

/** What an edge's figures are computed from: a message or delegation reported at both ends counts once. */
export type EdgeTally = {
  readonly sent: number;
  readonly received: number;
  readonly delegated: number;
  readonly returned: number;
  /** As reported on the delegation itself; null if it reports none. */
  readonly tokens: number | null;
  readonly costNanos: number | null;
};

/** What an agent reported at its end, and the place of the event that gave it its status. */
export type AgentTally = { readonly tokens: number; readonly costNanos: number; readonly statusAt: OrderKey | null };

export type TeamTallies = {
  readonly edges: { readonly [key: string]: EdgeTally };
  readonly agents: { readonly [agent: string]: AgentTally };
  /** What became of agents still at work when the run ended; null while it goes on. */
  readonly ended: "done" | "stopped" | null;
};

export type TeamState = {
  readonly agents: { readonly [agent: string]: TeamAgent };
  /** Key: `${from}\u0000${to}`. */
  readonly edges: { readonly [key: string]: TeamEdge };
  readonly tallies?: TeamTallies;
};
