import { NewPrice, Price, PriceList } from "@/lib/core/prices/price";
import { NewRepricing, Repricing, RepricingList } from "@/lib/core/prices/repricing";
import { aboutPrice, aboutRepricing } from "../audit/about";
import { json } from "../http/call";
import { parsedBody } from "../http/parsed-body";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";
import { createPrice } from "../prices/create-price";
import { deletePrice } from "../prices/delete-price";
import { listPrices } from "../prices/list-prices";
import { applyRepricing, askRepricing, cancelRepricing, listRepricings } from "../prices/repricings";

const list: Route = {
  method: "GET",
  path: "/api/prices",
  scope: "read",
  doc: { summary: "The project's own prices, and the price that estimates each used model", reply: PriceList },
  run: async ({ principal }) => json(200, await listPrices(principal.projectId)),
};

const create: Route = {
  method: "POST",
  path: "/api/prices",
  scope: "admin",
  audit: { action: "price.create", about: aboutPrice },
  doc: {
    summary: "Sets a price; it applies to usage reported from now on",
    body: NewPrice,
    reply: Price,
    status: 201,
    refusals: ["conflict"],
  },
  run: async (call) => json(201, await createPrice(call.principal, parsedBody(NewPrice, await readBody(call)))),
};

const end: Route = {
  method: "DELETE",
  path: "/api/prices/:price",
  scope: "admin",
  audit: { action: "price.delete" },
  doc: { summary: "Deletes a price; estimates made with it are kept" },
  run: async ({ principal, params }) => {
    await deletePrice(principal.projectId, params.price as string);
    return { kind: "full", status: 204, body: null };
  },
};

const repricings: Route = {
  method: "GET",
  path: "/api/repricings",
  scope: "read",
  doc: { summary: "Repricings of past estimates: who, when, from what to what", reply: RepricingList },
  run: async ({ principal }) => json(200, await listRepricings(principal.projectId)),
};

const ask: Route = {
  method: "POST",
  path: "/api/repricings",
  scope: "admin",
  audit: { action: "repricing.ask", about: aboutRepricing },
  doc: {
    summary: "Counts what today's prices would change in past estimates; nothing is changed",
    body: NewRepricing,
    reply: Repricing,
    status: 202,
    refusals: ["conflict"],
  },
  run: async (call) => json(202, await askRepricing(call.principal, parsedBody(NewRepricing, await readBody(call)))),
};

const apply: Route = {
  method: "POST",
  path: "/api/repricings/:repricing/apply",
  scope: "admin",
  audit: { action: "repricing.apply", about: aboutRepricing },
  doc: {
    summary: "Applies a counted repricing; costs that senders reported are kept",
    reply: Repricing,
    status: 202,
    refusals: ["conflict"],
  },
  run: async ({ principal, params }) => json(202, await applyRepricing(principal, params.repricing as string)),
};

const cancel: Route = {
  method: "DELETE",
  path: "/api/repricings/:repricing",
  scope: "admin",
  audit: { action: "repricing.cancel", about: aboutRepricing },
  doc: { summary: "Stops a repricing where it is", reply: Repricing },
  run: async ({ principal, params }) => json(200, await cancelRepricing(principal.projectId, params.repricing as string)),
};

export const priceRoutes: readonly Route[] = [list, create, end, repricings, ask, apply, cancel];
