export type TeamAgent = {
  readonly agent: string;
  readonly role: string | null;
  readonly parent: string | null;
  readonly status: "idle" | "working" | "done" | "failed" | "retired";
  readonly capabilities: readonly string[];
  /** Declared by a recruit or role event, or only seen at work. */
  readonly declared: boolean;
  readonly firstSeq: number;
};

/** Declared traffic between two agents: never inferred from spans. */
export type TeamEdge = {
  readonly from: string;
  readonly to: string;
  readonly delegations: number;
  readonly messages: number;
  readonly tokens: number;
  readonly costNanos: number;
  readonly lastSeq: number;
};

export type TeamState = {
  readonly agents: { readonly [agent: string]: TeamAgent };
  /** Key: `${from}\u0000${to}`. */
  readonly edges: { readonly [key: string]: TeamEdge };
};
