import type { Locator, Page } from "@playwright/test";
import { openAwake } from "../support/open-awake";

export const runViews = ["Timeline", "Transcript", "Team", "Events", "Cost", "Artifacts"] as const;
export type RunViewName = (typeof runViews)[number];

/** The page of one run. */
export class RunPage {
  readonly header: Locator;
  readonly timeline: Locator;
  readonly transcript: Locator;
  readonly events: Locator;
  readonly inspector: Locator;
  /** The tabs between the views. */
  readonly views: Locator;
  readonly approval: Locator;
  readonly failure: Locator;

  constructor(readonly page: Page) {
    this.header = page.getByRole("main").locator("header");
    this.timeline = page.getByRole("treegrid", { name: "Timeline" });
    this.transcript = page.getByRole("log", { name: "Transcript" });
    this.events = page.getByRole("grid", { name: "Events" });
    this.views = page.getByRole("tablist", { name: "Views of this run" });
    this.inspector = page.getByRole("tablist", { name: "Selection" });
    this.approval = page.getByRole("region", { name: "Waiting for a human" });
    this.failure = page.getByRole("alert", { name: "Why this run failed" });
  }

  async open(id: string, query = ""): Promise<void> {
    await openAwake(this.page, `/runs/${encodeURIComponent(id)}${query}`);
  }

  async show(view: RunViewName): Promise<void> {
    await this.views.getByRole("tab", { name: view }).click();
  }

  /** A span's row in the timeline. */
  span(name: string): Locator {
    return this.timeline.getByRole("row").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** An event's row in the list of events. */
  event(seq: number): Locator {
    return this.events.getByRole("row").filter({ has: this.page.getByRole("gridcell", { name: seq.toLocaleString("en"), exact: true }) });
  }
}
