import { and, eq } from "drizzle-orm";
import { sourceStreams, sources, webhookDeliveries } from "@/db/schema";
import type { NewSource, Source, SourceChange } from "@/lib/core/api/source";
import { DomainError } from "../errors";
import { sourceName } from "../ingest/ingest";
import { acceptedTarget } from "../outbound/accepted-target";
import { services } from "../services";
import { findSource, sourceRow } from "./find-source";
import { sealToken } from "./source-token";

/**
 * Creates a source, or sets the address of one that events have already created. Throws conflict if it has one, even when several
 * requests set one at once.
 */
export async function createSource(projectId: string, wanted: NewSource): Promise<Source> {
  const name = wanted.name ?? "default";
  if (!sourceName.test(name))
    throw new DomainError("invalid_request", "The name may contain letters, digits, spaces and . _ : / @ -, at most 100 characters.", {
      path: "name",
    });
  if (wanted.token !== undefined && wanted.address === undefined) throw tokenWithoutAddress();
  const address = wanted.address === undefined ? undefined : await acceptedTarget(wanted.address, "address");
  const { id } = await services().sources.find(projectId, wanted.dialect, name);
  const { environment, token } = wanted;
  return saveChange({ projectId, id }, { environment, address, token }, (known) => {
    if (known.address !== null && address !== undefined)
      throw new DomainError("conflict", "This source already has an address.", {
        hint: "Change the existing source instead.",
        path: "name",
      });
  });
}

/** Throws not_found, and invalid_request for an address that must not be reached or that must not receive the token. */
export async function changeSource(projectId: string, id: string, change: SourceChange): Promise<Source> {
  await sourceRow(projectId, id);
  const address = change.address == null ? change.address : await acceptedTarget(change.address, "address");
  return saveChange({ projectId, id }, { ...change, address });
}

type Place = { readonly projectId: string; readonly id: string };

/** Saves a change whose address has been checked, unless `judge` throws on the existing row. */
async function saveChange(
  { projectId, id }: Place,
  { environment, address, token }: SourceChange,
  judge: (known: Reached) => void = () => {},
): Promise<Source> {
  const changes = {
    ...(environment === undefined ? {} : { environment }),
    ...(address === undefined ? {} : { address }),
    ...(token === undefined ? {} : { token: token === null ? null : sealToken(id, token) }),
  };
  const isThis = and(eq(sources.projectId, projectId), eq(sources.id, id));
  if (Object.keys(changes).length > 0)
    await services().db.transaction(async (tx) => {
      // Locked, so that concurrent changes are checked one after the other.
      const [known] = await tx.select().from(sources).where(isThis).for("update");
      if (known) {
        judge(known);
        refuseStrayToken(known, changes);
      }
      await tx.update(sources).set(changes).where(isThis);
    });
  if (environment !== undefined) await services().environments.renew();
  return findSource(projectId, id);
}

type Reached = { readonly address: string | null; readonly token: string | null };

/** Someone who may change the address need not know the token: sending it to another host would reveal it. */
function refuseStrayToken(known: Reached, changes: Partial<Reached>): void {
  const { address, token } = { ...known, ...changes };
  if (token === null) return;
  if (changes.token === undefined && originOf(address) !== originOf(known.address))
    throw new DomainError("invalid_request", "A token is only sent to the host that it was set for.", {
      path: "token",
      hint: "Send `token` with the new address, or `null` to remove it.",
    });
  if (address === null) throw tokenWithoutAddress();
}

function tokenWithoutAddress(): DomainError {
  return new DomainError("invalid_request", "A token needs an address: that of the host it is sent to.", { path: "address" });
}

function originOf(address: string | null): string | null {
  return address === null ? null : new URL(address).origin;
}

/** Deletes a source's address, token and streams. Its runs stay, and with them its name and environment. Throws not_found. */
export async function deleteSource(projectId: string, id: string): Promise<void> {
  await sourceRow(projectId, id);
  await services().db.transaction(async (tx) => {
    await tx.delete(sourceStreams).where(and(eq(sourceStreams.projectId, projectId), eq(sourceStreams.sourceId, id)));
    await tx.delete(webhookDeliveries).where(and(eq(webhookDeliveries.projectId, projectId), eq(webhookDeliveries.webhookId, id)));
    await tx
      .update(sources)
      .set({ address: null, token: null })
      .where(and(eq(sources.projectId, projectId), eq(sources.id, id)));
  });
}
