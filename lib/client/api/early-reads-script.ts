import { projectHeader } from "../project/current-project";

/** What the HTML of a page runs to ask for these addresses while the page's own scripts are still on their way. */
export function earlyReadsScript(paths: readonly string[], project: string): string {
  const headers = { accept: "application/json", [projectHeader]: project };
  const asked = JSON.stringify({ paths, init: { credentials: "same-origin", priority: "low", headers } }).replaceAll("<", "\\u003c");
  // Who takes an answer hears of its failure; nobody has to.
  return `{const{paths,init}=${asked};globalThis.watchfloorEarly=Object.fromEntries(paths.map(path=>{const answer=fetch(path,init);answer.catch(()=>{});return[path,answer]}))}`;
}
