import type { DialectAdapter } from "../contract";
import { address } from "./address";
import { catalogue } from "./catalogue";
import { decode } from "./decode";

export { agentOsStatus } from "./agent-os-status";
export { catalogue as agentOsCatalogue } from "./catalogue";
export { agentOsEncoder } from "./encode";

/** agent-os: the seven events that its SDKs post. */
export const agentOs: DialectAdapter = {
  dialect: "agent-os",
  catalogue: catalogue.map(({ type }) => type),
  runField: "sdk_run_id",
  address,
  decode,
};
