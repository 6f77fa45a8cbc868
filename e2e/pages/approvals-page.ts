import type { Locator, Page } from "@playwright/test";

/** The inbox of requests to humans. */
export class ApprovalsPage {
  readonly list: Locator;
  readonly request: Locator;
  readonly arguments: Locator;
  readonly outcome: Locator;
  readonly receipt: Locator;
  readonly nav: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByRole("list", { name: "Requests" });
    this.request = page.getByRole("article", { name: "Request" });
    this.arguments = page.getByRole("region", { name: "Arguments" });
    this.outcome = page.getByRole("region", { name: "Outcome" });
    this.receipt = page.getByRole("list", { name: "Receipt" });
    this.nav = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Approvals/ });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/approvals${query}`);
  }

  row(words: string): Locator {
    return this.list.getByRole("button").filter({ hasText: words });
  }

  async choose(words: string): Promise<void> {
    await this.row(words).click();
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** The arguments as they stand on the card, each chip read as the character that it names. */
  async argumentsShown(): Promise<unknown> {
    const text = await this.arguments.locator("pre").evaluate((pre) => {
      const read = (node: Node): string => {
        if (node instanceof HTMLElement && node.title.startsWith("hidden character U+"))
          return String.fromCodePoint(Number.parseInt(node.title.slice("hidden character U+".length), 16));
        return node instanceof Text ? node.data : [...node.childNodes].map(read).join("");
      };
      return read(pre);
    });
    return JSON.parse(text);
  }
}
