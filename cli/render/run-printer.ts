import type { TypeFilter } from "@/lib/core/events/type-filter";
import type { RunStatus } from "@/lib/core/run/status";
import { createAgentTree } from "./agent-tree";
import type { Palette, Tone } from "./palette";
import { type Phrase, say } from "./phrase";
import { phraseOf } from "./phrase-of";
import { eventTimeMs, namesOf, type TailEvent } from "./tail-event";
import { elapsed, timeOfDay } from "./time";

export type PrinterOptions = {
  /** The sender's run id, as its people know it. */
  readonly runId: string;
  readonly palette: Palette;
  readonly utc: boolean;
  /** Deltas, prompts and results too. */
  readonly all: boolean;
  readonly filter: TypeFilter | null;
};

export type Outcome = { readonly status: RunStatus; readonly durationMs: number | null; readonly error?: string };

export type RunPrinter = {
  /** The lines that one event adds; none where it says nothing new. */
  readonly lines: (event: TailEvent) => readonly string[];
  /** The last line of a run that ended. */
  readonly final: (outcome: Outcome) => string;
};

/** Draws a run as the seed does (Crewship, "Streaming via CLI"): a headline, one branch per event, a closing line. */
export function createRunPrinter(options: PrinterOptions): RunPrinter {
  const { palette } = options;
  const tree = createAgentTree();
  const pairs = createPairs();
  let headlined = false;
  let lastAgent: string | undefined;

  function headline(event: TailEvent): readonly string[] {
    headlined = true;
    const words = event.type === "run.started" ? "Run started" : "Run";
    return [`${palette("accent", "▶")} ${words}: ${say(options.runId, 200)}`];
  }

  function branch(event: TailEvent, phrase: Phrase): string {
    const agent = event.agent;
    const label = agent !== undefined && agent !== lastAgent && !phrase.namesAgent ? `${say(agent, 40)} · ` : "";
    lastAgent = agent ?? lastAgent;
    const rails = `${"│  ".repeat(tree.depth(agent))}├─ `;
    const place = palette("dim", `${rails}[${timeOfDay(eventTimeMs(event), options.utc)}]`);
    return `${place} ${label}${palette(phrase.tone ?? "plain", phrase.text)}`;
  }

  function wanted(event: TailEvent, phrase: Phrase, opened: boolean): boolean {
    if (options.filter !== null) return options.filter.matches(namesOf(event));
    return options.all || (!phrase.detail && !(phrase.closes && opened));
  }

  return {
    lines: (event) => {
      tree.observe(event);
      const opened = pairs(event);
      const phrase = phraseOf(event);
      const head = headlined ? [] : headline(event);
      if (event.type === "run.started" && head.length > 0) {
        lastAgent = event.agent;
        return head;
      }
      return phrase !== null && wanted(event, phrase, opened) ? [...head, branch(event, phrase)] : head;
    },
    final: (outcome) => finalLine(outcome, palette),
  };
}

const endings: Partial<Record<RunStatus, readonly [sign: string, words: string, tone: Tone, preposition: string]>> = {
  succeeded: ["✅", "Run completed", "good", "in"],
  failed: ["❌", "Run failed", "bad", "after"],
  cancelled: ["🛑", "Run cancelled", "wait", "after"],
  expired: ["⌛", "Run expired", "wait", "after"],
};

function finalLine(outcome: Outcome, palette: Palette): string {
  const [sign, words, tone, preposition] = endings[outcome.status] ?? ["⏺", `Run ${outcome.status}`, "plain", "after"];
  const duration = outcome.durationMs === null ? "" : ` ${preposition} ${elapsed(outcome.durationMs)}`;
  const reason = outcome.error === undefined || outcome.status === "succeeded" ? "" : `: ${say(outcome.error, 300)}`;
  return `${sign} ${palette(tone, `${words}${duration}${reason}`)}`;
}

const opening: ReadonlySet<string> = new Set(["step.started", "tool.called"]);
const closing: ReadonlySet<string> = new Set(["step.completed", "step.failed", "tool.returned", "tool.failed"]);
/** Unanswered calls that are remembered; a run that leaves more open than this only repeats some lines. */
const maxOpen = 10_000;

/** Whether the event closes something whose opening was seen before. */
function createPairs(): (event: TailEvent) => boolean {
  const open = new Map<string, number>();
  return (event) => {
    const noun = event.type.slice(0, event.type.indexOf("."));
    const key = [noun, event.agent ?? "", event.callId ?? event.name ?? ""].join("\u0000");
    const count = open.get(key) ?? 0;
    if (opening.has(event.type)) {
      if (open.size >= maxOpen) open.clear();
      open.set(key, count + 1);
    }
    if (!closing.has(event.type) || count === 0) return false;
    if (count === 1) open.delete(key);
    else open.set(key, count - 1);
    return true;
  };
}
