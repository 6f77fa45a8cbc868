import type { Locator, Page } from "@playwright/test";
import { openAwake } from "../support/open-awake";

/** The list of runs. */
export class RunsPage {
  readonly table: Locator;
  readonly list: Locator;
  readonly search: Locator;
  readonly pill: Locator;

  constructor(readonly page: Page) {
    this.table = page.getByRole("table", { name: "Runs" });
    this.list = page.getByRole("region", { name: "List of runs" });
    this.search = page.getByRole("combobox", { name: "Search runs" });
    this.pill = page.getByRole("button", { name: /^\d+ new runs?$/ });
  }

  async open(query = ""): Promise<void> {
    await openAwake(this.page, `/runs${query}`);
  }

  row(name: string): Locator {
    return this.table.getByRole("row").filter({ has: this.page.getByRole("link", { name, exact: true }) });
  }

  link(name: string): Locator {
    return this.table.getByRole("link", { name, exact: true });
  }

  /** One of the views above the list: All, Running, Needs me, Failed 24 h, Stalled, Costly. */
  view(name: string): Locator {
    return this.page.getByRole("group", { name: "View" }).getByRole("button", { name: new RegExp(`^${name}`) });
  }

  /** Scrolls the list to its end, as far as it is loaded. */
  async scrollToEnd(): Promise<void> {
    await this.table.locator("> div").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  }

  async scrolled(): Promise<number> {
    return this.table.locator("> div").evaluate((scroller) => scroller.scrollTop);
  }
}
