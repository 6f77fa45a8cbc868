import { expect, it } from "vitest";
import type { Pool } from "@/db/client";
import { KeyCache } from "./key-cache";

type Answer = { project_id: string; id: string; scopes: string[] }[];

/** A database whose answers come when the test says so; by themselves, with what is stored, unless they are held. */
function cache() {
  const world = { nowMs: 1_000_000, isRevoked: false, held: null as (() => void)[] | null };
  const answer = (): Answer => (world.isRevoked ? [] : [{ project_id: "p", id: "k", scopes: ["read"] }]);
  const pool = () => {
    const rows = answer();
    return new Promise<Answer>((resolve) => (world.held === null ? resolve(rows) : void world.held.push(() => resolve(rows))));
  };
  const keys = new KeyCache(pool as unknown as Pool, { now: () => world.nowMs, localToken: "wf_local_x" });
  return { world, keys };
}

it("a key that was revoked elsewhere is dead within seconds also where the clock was set back meanwhile", async () => {
  const { world, keys } = cache();
  expect(await keys.find("wf_key")).toMatchObject({ keyId: "k" });
  world.isRevoked = true;
  world.nowMs -= 500_000;
  expect(await keys.find("wf_key")).toBeNull();
});

it("a key is known from the question on, not from an answer that was long on its way", async () => {
  const { world, keys } = cache();
  world.held = [];
  const found = keys.find("wf_key");
  world.isRevoked = true;
  world.nowMs += 30_000;
  world.held.pop()?.();
  world.held = null;
  expect(await found).toMatchObject({ keyId: "k" });
  expect(await keys.find("wf_key")).toBeNull();
});

it("a key that this process revokes dies at once, whatever answer about it is still on its way", async () => {
  const { world, keys } = cache();
  world.held = [];
  const found = keys.find("wf_key");
  world.isRevoked = true;
  keys.forget();
  world.held.pop()?.();
  world.held = null;
  await found;
  expect(await keys.find("wf_key")).toBeNull();
});
