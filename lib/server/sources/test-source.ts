import type { SourceTest } from "@/lib/core/api/source";
import type { Dialect } from "@/lib/core/dialect";
import { endpointUrl, sourceEndpoints } from "@/lib/dialects/source-endpoints";
import { DomainError } from "../errors";
import { failureWords } from "../outbound/post";
import { services } from "../services";
import { sourceRow } from "./find-source";
import { openToken } from "./source-token";

/** Sends the source a request that changes nothing. Throws not_found, and conflict if there is nothing to request. */
export async function testSource(projectId: string, id: string): Promise<SourceTest> {
  const source = await sourceRow(projectId, id);
  const { probe, headers } = sourceEndpoints[source.dialect as Dialect];
  const url = source.address === null || probe === undefined ? null : endpointUrl(source.address, probe);
  if (url === null)
    throw new DomainError("conflict", source.address === null ? "This source has no address." : "This system has no endpoint to test.");
  const { outbound, version } = services();
  const token = openToken(id, source.token);
  const outcome = await outbound.post({
    method: "GET",
    url,
    headers: { accept: "application/json", "user-agent": `Watchfloor/${version}`, ...(token === null ? {} : headers(token)) },
  });
  if (outcome.kind === "failed")
    return { ok: false, status: null, error: `${failureWords[outcome.reason]}: ${outcome.message}`, durationMs: outcome.durationMs };
  const ok = outcome.status >= 200 && outcome.status < 300;
  return { ok, status: outcome.status, error: ok ? null : `HTTP ${outcome.status}`, durationMs: outcome.durationMs };
}
