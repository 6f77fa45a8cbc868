import { randomBytes } from "node:crypto";
import { type BrowserContext, test as base } from "@playwright/test";
import type { Floor } from "./support/floor";
import { OwnServer } from "./support/own-server";

type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

type Given = {
  /** A word that no other journey uses: in names, ids and filters it keeps runs apart. */
  readonly word: string;
  /** A server that is this journey's alone. */
  readonly ownServer: OwnServer;
};

type GivenOnce = {
  /** The server that the journeys of one worker share: each worker has its own, so that two play at once. */
  readonly server: OwnServer;
  /** The same, through its doors. */
  readonly floor: Floor;
  /** A browser's session there. */
  readonly session: Session;
};

/** A journey that begins signed in at its worker's server. */
export const test = base.extend<Given, GivenOnce>({
  server: [
    async ({ playwright: _ }, use) => {
      // The webhooks of the journeys go to receivers on this machine.
      const server = new OwnServer({ WATCHFLOOR_ALLOW_PRIVATE_TARGETS: "1" });
      await server.start();
      await use(server);
      await server.remove();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  floor: [async ({ server }, use) => use(server.floor), { scope: "worker" }],
  session: [
    async ({ floor, playwright }, use) => {
      const request = await playwright.request.newContext();
      await request.get(await floor.signInLink(), { maxRedirects: 0 });
      await use(await request.storageState());
      await request.dispose();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ floor }, use) => use(floor.url),
  storageState: async ({ session }, use) => use(session),
  word: async ({ browserName: _ }, use) => use(`w${randomBytes(4).toString("hex")}`),
  ownServer: async ({ browserName: _ }, use) => {
    const server = new OwnServer();
    await server.start();
    await use(server);
    await server.remove();
  },
});

export { expect, type Locator, type Page } from "@playwright/test";
