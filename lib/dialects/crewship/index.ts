import type { DialectAdapter } from "../contract";
import { address } from "./address";
import { catalogue } from "./catalogue";
import { decode } from "./decode";

export const crewship: DialectAdapter = {
  dialect: "crewship",
  catalogue: catalogue.map((entry) => entry.type),
  runField: "run_id",
  address,
  decode,
  namesRunOnce: true,
};
export { catalogue as crewshipCatalogue } from "./catalogue";
export { crewshipEncoder, crewshipMessageEncoder, parseCrewshipResume } from "./encode";
export { CrewshipRun, crewshipRun, parseRunStatus as parseCrewshipRunStatus, runStatusWords as crewshipStatusWords } from "./run";
