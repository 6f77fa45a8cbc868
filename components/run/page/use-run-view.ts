import { createParser, parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { isNarrow } from "@/components/ui/use-media";
import { useOpening } from "@/lib/client/hooks/use-opening";
import { trailGroups, trailMeasures } from "../cost/prepare-trail";
import { eventFamilies } from "../events/event-families";
import { inspectorTabs } from "../inspector/inspector";
import { parseSelection, type Selection, selectionParam } from "../selection/selection";
import { teamForms } from "../team/team-forms";

export const runViews = ["timeline", "transcript", "team", "events", "cost", "artifacts"] as const;
export type RunView = (typeof runViews)[number];

/** Anything that cannot be an event's number is as good as none. */
const parseAsSeq = createParser({ parse: (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null), serialize: String });

const params = {
  view: parseAsStringLiteral(runViews).withDefault("timeline").withOptions({ history: "push" }),
  sel: parseAsString,
  tab: parseAsStringLiteral(inspectorTabs).withDefault("overview"),
  q: parseAsString.withDefault("").withOptions({ throttleMs: 300 }),
  errors: parseAsBoolean.withDefault(false),
  team: parseAsStringLiteral(teamForms).withDefault("graph"),
  by: parseAsStringLiteral(trailGroups).withDefault("model"),
  of: parseAsStringLiteral(trailMeasures).withDefault("cost"),
  at: parseAsSeq.withOptions({ throttleMs: 300 }),
  types: parseAsArrayOf(parseAsStringLiteral(eventFamilies)).withDefault([]),
};

/** What of the run is being looked at. All of it is in the URL. */
export function useRunView() {
  const [state, setState] = useQueryStates(params);
  const selection = useMemo(() => parseSelection(state.sel), [state.sel]);
  const setOpen = useOpening("sel", setState, "tab");
  const select = useCallback(
    (next: Selection) => {
      const sel = selectionParam(next);
      // Beside the view the inspector is no place of its own; over it, on a phone, back closes it.
      if (isNarrow()) setOpen({ sel });
      else void setState({ sel });
    },
    [setState, setOpen],
  );
  const selectSpan = useCallback((id: string) => select({ kind: "span", id }), [select]);
  const selectSeq = useCallback((seq: number) => select({ kind: "event", seq }), [select]);
  const seek = useCallback((at: number | null) => void setState({ at }), [setState]);
  return { ...state, selection, select, selectSpan, selectSeq, seek, set: setState };
}

export type RunViewState = ReturnType<typeof useRunView>;
