import { describe, expect, it } from "vitest";
import { ProjectMemory } from "./project-memory";

function memory(options: { trustedMs?: number } = {}) {
  const world = { nowMs: 0, stored: "a", reads: 0, isDown: false };
  const read = async () => {
    world.reads += 1;
    if (world.isDown) throw new Error("down");
    return world.stored;
  };
  return { world, memory: new ProjectMemory({ now: () => world.nowMs, read, ...options }) };
}

describe("what a hot path knows of a project", () => {
  it("is read once, and renewed beside who asks", async () => {
    const { world, memory: known } = memory();
    expect(await Promise.all([known.of("p"), known.of("p")])).toEqual(["a", "a"]);
    expect(world.reads).toBe(1);
    world.stored = "b";
    world.nowMs = 5_000;
    expect(await known.of("p")).toBe("a");
    await Promise.resolve();
    await Promise.resolve();
    expect(await known.of("p")).toBe("b");
  });

  it("is read again where the first reading failed", async () => {
    const { world, memory: known } = memory();
    world.isDown = true;
    const first = [known.of("p"), known.of("p")];
    for (const each of first) await expect(each).rejects.toThrow("down");
    world.isDown = false;
    expect(await known.of("p")).toBe("a");
    expect(world.reads).toBe(2);
  });

  it("is waited for where it is trusted for so long only, by all with one reading", async () => {
    const { world, memory: known } = memory({ trustedMs: 2_000 });
    await known.of("p");
    const before = world.reads;
    world.stored = "b";
    world.nowMs = 2_000;
    expect(await Promise.all([known.of("p"), known.of("p"), known.of("p")])).toEqual(["b", "b", "b"]);
    expect(world.reads).toBe(before + 1);
  });

  it("is not what was read before a change by a reading that took longer than the one behind the change", async () => {
    const readings: { readonly stored: string; readonly done: (stored: string) => void }[] = [];
    const world = { nowMs: 0, stored: "a" };
    const read = () => new Promise<string>((done) => void readings.push({ stored: world.stored, done }));
    const known = new ProjectMemory({ now: () => world.nowMs, read });
    const early = known.of("p");
    world.stored = "b";
    const renewed = known.renew("p");
    for (const { stored, done } of readings.toReversed()) {
      done(stored);
      await Promise.resolve();
    }
    expect(await renewed).toBe("b");
    expect(await early).toBe("b");
    expect(await known.of("p")).toBe("b");
  });

  it("is old where the clock was set back behind its reading: nobody knows how long ago that was", async () => {
    const [beside, waited] = [memory(), memory({ trustedMs: 2_000 })];
    for (const { world, memory: known } of [beside, waited]) {
      world.nowMs = 500_000;
      await known.of("p");
      world.stored = "b";
      world.nowMs = 1_000;
    }
    expect(await waited.memory.of("p")).toBe("b");
    await beside.memory.of("p");
    await Promise.resolve();
    await Promise.resolve();
    expect(await beside.memory.of("p")).toBe("b");
  });

  it("is as old as its reading, however long the answer was on its way", async () => {
    const answers: ((stored: string) => void)[] = [];
    const world = { nowMs: 0 };
    const read = () => new Promise<string>((done) => void answers.push(done));
    const known = new ProjectMemory({ now: () => world.nowMs, read, trustedMs: 2_000 });
    const first = known.of("p");
    world.nowMs = 30_000;
    answers.pop()?.("a");
    expect(await first).toBe("a");
    const second = known.of("p");
    answers.pop()?.("b");
    expect(await second).toBe("b");
  });

  it("stays in force while it cannot be read, but not beyond what it is trusted for", async () => {
    const { world, memory: known } = memory({ trustedMs: 2_000 });
    await known.of("p");
    world.isDown = true;
    world.nowMs = 1_500;
    expect(await known.of("p")).toBe("a");
    world.nowMs = 2_500;
    await expect(known.of("p")).rejects.toThrow("down");
    world.isDown = false;
    expect(await known.of("p")).toBe("a");
  });
});
