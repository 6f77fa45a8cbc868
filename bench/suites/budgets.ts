import type { NewBudget } from "@/lib/core/budgets/budget";
import type { Figure } from "../figures/figure";
import { exchange } from "../load/exchange";
import { deleteBytes, HttpConnection, postBytes } from "../load/http-connection";
import { median } from "../stats";
import { load, type Part, speed } from "./load";
import type { Context, Suite } from "./suite";

const budgets = 100;
// Many and short: a pair of rounds differs by a tenth for reasons of its own.
const rounds = 9;
const firstMs = 500;
const roundMs = 2_000;
/** Nano-dollars, or tokens: more than any run spends. */
const amount = 800_000_000_000_000;
const target = { atLeast: 0.9 };

const ways = [
  ["batch", "100 events a request, 16 connections", { eventsPerRequest: 100, connections: 16 }],
  ["single", "1 event a request, 32 connections", { eventsPerRequest: 1, connections: 32 }],
] as const;

/** What 100 budgets that count cost the append: the same load with them and without, in turn. */
export const budgetsSuite: Suite = async (context) => {
  const figures: Figure[] = [];
  for (const [id, label, part] of ways) {
    const measure = (name: string, counted: boolean) =>
      play(context, { ...part, runPrefix: `budgets-${id}-${name}`, durationMs: roundMs }, counted);
    await measure("warm", true);
    const pairs: { without: number; counted: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      // Which comes first changes: a database that grows is a little slower each time.
      const first = await measure(`${round}-a`, round % 2 === 1);
      const second = await measure(`${round}-b`, round % 2 === 0);
      pairs.push(round % 2 === 1 ? { counted: first, without: second } : { without: first, counted: second });
      context.say(
        `${label}, round ${round + 1}: ${Math.round(pairs[round]?.counted ?? 0)}/s with ${budgets} budgets, ${Math.round(pairs[round]?.without ?? 0)}/s without`,
      );
    }
    figures.push(
      {
        id: `budgets.${id}.ratio`,
        label: `${label}: ${budgets} budgets : none`,
        value: median(pairs.map(({ counted, without }) => counted / without)),
        unit: "ratio",
        target,
      },
      {
        id: `budgets.${id}.rate`,
        label: `${label}, ${budgets} budgets`,
        value: median(pairs.map((pair) => pair.counted)),
        unit: "events/s",
      },
    );
  }
  return figures;
};

async function play(context: Context, part: Part, counted: boolean): Promise<number> {
  const connection = await HttpConnection.open(context.product.port);
  const made = counted ? await makeBudgets(context, connection) : [];
  // What the first events of a budget cost, once, is not what an event costs.
  await load(context, { ...part, runPrefix: `${part.runPrefix}-first`, durationMs: firstMs });
  const result = await load(context, { ...part, runPrefix: `${part.runPrefix}-then` });
  if (counted) await requireCounted(context, part.runPrefix);
  for (const id of made) await exchange(connection, deleteBytes(`/api/budgets/${id}`, context.product.key));
  connection.close();
  return speed(result);
}

/** Of every kind; so large that none is crossed. */
async function makeBudgets({ product }: Context, connection: HttpConnection): Promise<string[]> {
  const made: string[] = [];
  for (let n = 0; n < budgets; n++) {
    const reply = await exchange(connection, postBytes("/api/budgets", product.key, JSON.stringify(budgetOf(n))));
    made.push((JSON.parse(reply) as { id: string }).id);
  }
  return made;
}

const roles = ["researcher", "analyst", "planner", "coder", "reviewer", "writer"];

function budgetOf(n: number): NewBudget {
  const unit = n % 2 === 0 ? "dollars" : "tokens";
  const common: Omit<NewBudget, "scope" | "window"> = {
    ...{ name: `bench ${n}`, target: null, unit, amount, thresholds: [50, 80, 100] },
    ...{ action: "notify", actionAt: 100 },
  };
  const window = (["day", "month", "total"] as const)[n % 3] ?? "day";
  if (n < 40) return { ...common, scope: "agent", target: `${roles[n % roles.length]}-${(n % 24) + 1}`, window };
  if (n < 60) return { ...common, scope: "session", window };
  if (n < 80) return { ...common, scope: "project", window };
  return { ...common, scope: "run", window: "total" };
}

/** A fast append that counted nothing would be no measure. */
async function requireCounted({ database }: Context, prefix: string): Promise<void> {
  const [row] = await database`
    select (select sum(cost_nanos)::text from runs where external_id like ${`${prefix}-%`}) as spent, coalesce(min(c.nanos), 0)::text as least,
      coalesce(max(c.nanos), 0)::text as most
    from budget_counts c where c.scope = 'project'`;
  if (row?.spent !== row?.least || row?.spent !== row?.most)
    throw new Error(`the runs cost ${row?.spent}, the budgets counted ${row?.least} to ${row?.most}`);
}
