import { BellRing, Hand, ListFilter, Settings } from "lucide-react";
import { alertTabs } from "@/components/alerts/alert-params";
import { runViews } from "@/components/runs/run-views";
import { sectionId } from "@/components/settings/section";
import { subjects } from "@/components/settings/subjects";
import { approvalTabs } from "@/lib/core/approvals/tabs";
import { parseRunQuery } from "@/lib/core/run-query/parse-run-query";
import { Group, Item } from "./palette-items";
import { everyRun } from "./rank-of";

type PalettePlacesProps = { readonly text: string; readonly onGo: (href: string) => void };

/** What stands within the pages, for those who type a part of its name. */
export function PalettePlaces({ onGo }: Pick<PalettePlacesProps, "onGo">) {
  return (
    <Group heading="Pages">
      {runViews.slice(1).map(({ word, filters, icon }) => (
        <Item key={word} icon={icon} onSelect={() => onGo(runsHref(filters))}>
          {`Runs: ${word.toLowerCase()}`}
        </Item>
      ))}
      {approvalTabs.slice(1).map((tab) => (
        <Item key={tab} icon={Hand} onSelect={() => onGo(`/approvals?tab=${tab}`)}>
          {`Approvals: ${tab}`}
        </Item>
      ))}
      {alertTabs.slice(1).map((tab) => (
        <Item key={tab} icon={BellRing} onSelect={() => onGo(`/alerts?tab=${tab}`)}>
          {`Alerts: ${tab}`}
        </Item>
      ))}
      {subjects.map((subject) => (
        <Item key={subject} icon={Settings} onSelect={() => onGo(placeOf(subject))}>
          {`Settings: ${subject}`}
        </Item>
      ))}
    </Group>
  );
}

/** The list of runs, narrowed to what was typed. */
export function PaletteSearch({ text, onGo }: PalettePlacesProps) {
  return (
    <Group heading="Search">
      <Item icon={ListFilter} value={everyRun} onSelect={() => onGo(runsHref(parseRunQuery(text).filters))}>
        {`All runs with ${text}`}
      </Item>
    </Group>
  );
}

/** Two subjects have a page of their own. */
function placeOf(subject: (typeof subjects)[number]): string {
  if (subject === "Prices") return "/settings/prices";
  return subject === "Audit log" ? "/settings/audit" : `/settings#${sectionId(subject)}`;
}

/** The list of runs, narrowed by these filters. */
function runsHref(filters: Readonly<Record<string, string | null>>): string {
  const set = Object.entries(filters).flatMap(([key, value]) => (value === null ? [] : [[key, value]]));
  return `/runs?${new URLSearchParams(set)}`;
}
