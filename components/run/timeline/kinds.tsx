import { Bot, Footprints, Hand, ListChecks, type LucideIcon, Sparkles, Split, TriangleAlert, Wrench } from "lucide-react";
import type { SpanKind } from "@/lib/core/run/timeline-state";
import styles from "./timeline.module.css";

type KindLook = { readonly word: string; readonly icon: LucideIcon; readonly color: string; readonly bar: string };

function look(word: string, icon: LucideIcon, color: string, bar: string | undefined): KindLook {
  return { word, icon, color, bar: bar ?? "" };
}

/** One table gives each kind of span its word, icon, colour and pattern: told apart without colour, too. */
export const kindLooks: Record<SpanKind, KindLook> = {
  agent: look("agent", Bot, "text-kind-agent", styles.bracket),
  step: look("step", Footprints, "text-kind-message", styles.outline),
  tool: look("tool call", Wrench, "text-kind-tool", styles.solid),
  model: look("model call", Sparkles, "text-kind-model", styles.striped),
  delegation: look("delegation", Split, "text-kind-agent", styles.dashed),
  task: look("task", ListChecks, "text-kind-message", styles.outline),
  wait: look("human wait", Hand, "text-kind-wait", styles.hatched),
  error: look("error", TriangleAlert, "text-kind-error", styles.solid),
};

export function KindIcon({ kind, failed = false }: { kind: SpanKind; failed?: boolean }) {
  const { icon: Icon, color, word } = kindLooks[kind];
  return <Icon className={`size-4 shrink-0 ${failed ? "text-failed" : color}`} strokeWidth={1.75} role="img" aria-label={word} />;
}
