import type { Scenario } from "../scenario";
import { agentOsImport, agentOsRelease } from "./agent-os";
import { crewshipFailure, crewshipReport } from "./crewship";
import { powabaseAgent } from "./powabase-agent";
import { powabaseOrchestration, powabaseWorkflow } from "./powabase-flows";
import { resonantPlatform, resonantSession, resonantTeam } from "./resonant";
import { shannonBrief } from "./shannon-brief";
import { shannonResearch } from "./shannon-research";

/** One after the other in each lane; lanes run side by side, so the floor never holds more runs than there are lanes. */
export type Lane = {
  readonly name: string;
  readonly scenarios: readonly [Scenario, ...Scenario[]];
  /** Pause between two runs, in seconds at normal speed. */
  readonly restSeconds: readonly [min: number, max: number];
  /** How much faster the lane's first run plays, so that the floor fills in the first half minute. */
  readonly hurry?: number;
};

export const lanes: readonly Lane[] = [
  { name: "research", scenarios: [shannonResearch], restSeconds: [2, 6], hurry: 2.5 },
  { name: "second research", scenarios: [shannonResearch], restSeconds: [20, 60] },
  { name: "brief", scenarios: [shannonBrief], restSeconds: [3, 10] },
  { name: "agent-os", scenarios: [agentOsRelease, agentOsImport], restSeconds: [3, 10] },
  { name: "powabase", scenarios: [powabaseAgent, powabaseOrchestration, powabaseWorkflow], restSeconds: [3, 10] },
  { name: "crewship", scenarios: [crewshipReport, crewshipReport, crewshipFailure], restSeconds: [3, 10] },
  { name: "resonant", scenarios: [resonantSession, resonantTeam], restSeconds: [3, 10] },
  { name: "platform", scenarios: [resonantPlatform], restSeconds: [30, 90] },
];

/** Every scenario once. */
export const scenarios: readonly Scenario[] = [...new Set(lanes.flatMap((lane) => lane.scenarios))];
