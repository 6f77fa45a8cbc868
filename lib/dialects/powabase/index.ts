import type { DialectAdapter } from "../contract";
import { address } from "./address";
import { catalogue } from "./catalogue";
import { decode } from "./decode";

export const powabase: DialectAdapter = {
  dialect: "powabase",
  catalogue: catalogue.map((entry) => entry.type),
  runField: "run_id",
  address,
  decode,
  givenRunWins: true,
  namesRunOnce: true,
};
export { catalogue as powabaseCatalogue } from "./catalogue";
export { powabaseEncoder } from "./encode";
export { powabaseOrchestrationRun } from "./orchestration";
export { powabaseRun } from "./run";
export { PowabaseOrchestrationRun, PowabaseRun } from "./run-reply";
