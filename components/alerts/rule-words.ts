import { lengthWords } from "@/lib/core/alerts/message";
import type { NewAlertRule } from "@/lib/core/alerts/rule";
import { kindFacts } from "@/lib/core/alerts/words";
import { dialectLabels } from "@/lib/core/dialect";

type Told = Pick<NewAlertRule, "kind" | "filter" | "warning" | "alert" | "windowMinutes" | "minRuns" | "forSeconds">;

/** "warning at 1, alert at 3 in 15 min; agent writer". */
export function ruleWords(rule: Told): string {
  const { unit, windowed } = kindFacts[rule.kind];
  const figure = (value: number) => (unit === "minutes" ? lengthWords(value) : unit === "percent" ? `${value} %` : String(value));
  const limits =
    rule.warning === null ? `alert at ${figure(rule.alert)}` : `warning at ${figure(rule.warning)}, alert at ${figure(rule.alert)}`;
  const over = windowed ? ` in ${lengthWords(rule.windowMinutes)}` : "";
  const least = rule.kind === "error-rate" ? ` of at least ${rule.minRuns} runs` : "";
  const held = rule.forSeconds > 0 ? ` for ${lengthWords(rule.forSeconds / 60)}` : "";
  const { dialect, environment, agent, q } = rule.filter;
  const only = [dialect && dialectLabels[dialect], environment, agent && `agent ${agent}`, q && `name contains ${q}`].filter(Boolean);
  return `${limits}${least}${over}${held}${only.length > 0 ? `; ${only.join(", ")}` : ""}`;
}
