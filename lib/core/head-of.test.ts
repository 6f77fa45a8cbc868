import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "./events/logged";
import { headOf } from "./head-of";
import { emptyRow, foldRow } from "./run/fold";

describe("the head of a text", () => {
  it("is what slice gives, also within a surrogate pair", () => {
    for (const text of ["", "short", "x".repeat(100_000), `${"x".repeat(9)}😀${"y".repeat(100_000)}`, '\u2028\u0000\\"'.repeat(10_000)])
      for (const length of [0, 1, 10, 2_000]) expect(headOf(text, length)).toBe(text.slice(0, length));
  });

  it("does not keep the text that it is the head of", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const used = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = used();
    const heads = Array.from({ length: 200 }, (_, n) => headOf(String.fromCharCode(65 + (n % 26)).repeat(999_999) + n, 300));
    expect(used() - before).toBeLessThan(20_000_000);
    expect(heads).toHaveLength(200);
  });
});

describe("the row of a run", () => {
  it("does not keep the messages of a megabyte that it shows the first words of", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    collect();
    const before = process.memoryUsage().heapUsed;
    const long = (seq: number) => JSON.parse(`{"text":"${"x".repeat(999_000)}${seq}"}`).text as string;
    const event = (seq: number): LoggedEvent => ({
      ...{
        seq,
        receivedAtMs: seq,
        type: "run.started",
        run: { query: long(seq) },
        message: long(seq),
        name: long(seq),
        summary: long(seq),
      },
      source: { dialect: "shannon", type: "WORKFLOW_STARTED" },
    });
    const rows = Array.from({ length: 100 }, (_, n) => foldRow(emptyRow(), [event(n + 1)]));
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(40_000_000);
    expect(rows).toHaveLength(100);
  });
});
