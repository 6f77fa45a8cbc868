import { runRole } from "../process/role";
import type { FoldResult, FoldTask } from "../roles/fold";
import type { Suite } from "./suite";

const task: FoldTask = { events: 100_000, batch: 500, rounds: 5 };

/** How fast a log becomes what people see. JSON.parse of the same log is the measure for the machine. */
export const foldSuite: Suite = async () => {
  const { parse, whole, batched, row } = await runRole<FoldResult>("fold", task);
  const target = { atLeast: 500_000 };
  return [
    { id: "fold.whole", label: "full fold of 100,000 events at once", value: whole, unit: "events/s", target },
    { id: "fold.batched", label: "full fold in batches of 500", value: batched, unit: "events/s", target },
    { id: "fold.row", label: "fold of the run row in batches of 500", value: row, unit: "events/s", target },
    { id: "fold.parse", label: "JSON.parse of the same log", value: parse, unit: "events/s" },
    { id: "fold.ratio", label: "full fold in batches : JSON.parse", value: batched / parse, unit: "ratio" },
    { id: "fold.row.ratio", label: "fold of the run row : JSON.parse", value: row / parse, unit: "ratio" },
  ];
};
