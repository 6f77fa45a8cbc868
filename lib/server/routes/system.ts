import { z } from "zod";
import { json, jsonText } from "../http/call";
import { openApi } from "../http/openapi/document";
import type { Route } from "../http/route";
import { type Services, services } from "../services";
import { api } from "./router";

const Health = z.object({
  status: z.literal("ok"),
  version: z.string(),
  url: z.string().describe("base address of the links in alerts, e-mails and webhooks"),
  retentionDays: z.number().int().describe("days that events are kept"),
});

const health: Route = {
  method: "GET",
  path: "/api/health",
  scope: "open",
  doc: { summary: "The process is alive", reply: Health },
  run: () => {
    const { version, publicUrl, retentionDays } = services();
    return json(200, { status: "ok", version, url: publicUrl(), retentionDays });
  },
};

const ready: Route = {
  method: "GET",
  path: "/api/ready",
  scope: "open",
  doc: {
    summary: "The process can store and read events",
    reply: z.object({ status: z.enum(["ready", "unavailable"]) }),
    status: [200, 503],
  },
  run: async () => {
    const unavailable = json(503, { status: "unavailable" }, { "retry-after": "1" });
    if (services().pulse.isSilent) return unavailable;
    try {
      await services().pool`select 1`;
      return json(200, { status: "ready" });
    } catch {
      return unavailable;
    }
  },
};

const metrics: Route = {
  method: "GET",
  path: "/metrics",
  scope: "open",
  doc: { summary: "Prometheus metrics", contentType: "text/plain" },
  run: async () => {
    const { registry } = services().metrics;
    return { kind: "full", status: 200, headers: { "content-type": registry.contentType }, body: await registry.metrics() };
  },
};

const openapi: Route = {
  method: "GET",
  path: "/api/openapi.json",
  scope: "open",
  doc: { summary: "This interface as OpenAPI, generated from its schemas", reply: z.looseObject({ openapi: z.string() }) },
  run: () => jsonText(200, documentOf(services())),
};

const known = { url: "", text: "" };

/** Built once: its text depends only on the address. */
function documentOf({ version, publicUrl }: Services): string {
  const url = publicUrl();
  if (known.url !== url) Object.assign(known, { url, text: JSON.stringify(openApi(api().routes, { version, url })) });
  return known.text;
}

export const systemRoutes: readonly Route[] = [health, ready, metrics, openapi];
