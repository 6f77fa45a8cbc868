import { randomUUID } from "node:crypto";
import { apiKeys, feedHeads, projects } from "@/db/schema";
import { newSecret, secretHash } from "@/lib/server/keys/secret";
import type { TestServer } from "./server";

/** The key of another project, with these scopes. */
export async function otherProjectKey({ services: { db } }: TestServer, scopes: readonly string[]): Promise<string> {
  const key = newSecret("wf_");
  const projectId = randomUUID();
  await db.insert(projects).values({ id: projectId, name: "Other" });
  await db.insert(feedHeads).values({ projectId });
  await db
    .insert(apiKeys)
    .values({ projectId, id: randomUUID(), name: "other", prefix: "wf_", hash: secretHash(key), scopes: [...scopes] });
  return key;
}
