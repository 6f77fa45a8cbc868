import { settingsProblem } from "../lib/server/process/settings-problem.mjs";

// Checks without starting.
const problem = settingsProblem(process.env);
if (problem) console.error(problem);
process.exitCode = problem ? 1 : 0;
