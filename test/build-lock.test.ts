import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { alone } from "../scripts/build-lock.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wf-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("two builds in one checkout", () => {
  it("run one after the other, also when one fails", async () => {
    const path = join(folder, "dist", ".build-lock");
    const steps: string[] = [];
    const build = (name: string) =>
      alone(path, async () => {
        steps.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        steps.push(`${name} ends`);
        if (name === "first") throw new Error("does not build");
      });
    const [first, second] = await Promise.allSettled([build("first"), build("second")]);
    expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
    expect(steps).toEqual(["first begins", "first ends", "second begins", "second ends"]);
    expect(existsSync(path)).toBe(false);
  });

  it("do not wait for one that was killed", async () => {
    const path = join(folder, ".build-lock");
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(path, String(pid));
    expect(await alone(path, async () => "built")).toBe("built");
  });
});
