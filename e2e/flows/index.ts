import { agentOsFlow } from "./agent-os";
import { crewshipFlow } from "./crewship";
import type { Beginning, Flow } from "./flow";
import { powabaseFlow } from "./powabase";
import { resonantFlow } from "./resonant";
import { shannonFlow } from "./shannon";

/** One whole run in each system's words. */
export const flows: readonly { readonly dialect: Flow["dialect"]; readonly begin: (beginning: Beginning) => Flow }[] = [
  { dialect: "shannon", begin: shannonFlow },
  { dialect: "agent-os", begin: agentOsFlow },
  { dialect: "powabase", begin: powabaseFlow },
  { dialect: "crewship", begin: crewshipFlow },
  { dialect: "resonant", begin: resonantFlow },
];
