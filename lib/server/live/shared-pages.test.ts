import { expect, it } from "vitest";
import { type Page, SharedPages } from "./shared-pages";

/** A log of `length` entries, read two at a time; what was read is noted. */
function logOf(length: number) {
  const reads: number[] = [];
  const log = { length, reads, isBroken: false };
  const read = async (after: number): Promise<Page<number> | null> => {
    reads.push(after);
    await Promise.resolve();
    if (log.isBroken) throw new Error("no database");
    const last = Math.min(after + 2, log.length);
    return last <= after ? null : { last, chunk: Buffer.from(`${after + 1}..${last}`), ending: null };
  };
  return { log, pages: new SharedPages(read) };
}

it("reads a page once for all readers that stand at its beginning, also for one that comes while its bytes are still held", async () => {
  const { log, pages } = logOf(10);
  const held = await Promise.all(Array.from({ length: 50 }, () => pages.after(0)));
  expect(new Set(held.map((page) => page?.chunk)).size).toBe(1);
  expect(await pages.after(0)).toEqual(held[0]);
  expect(log.reads).toEqual([0]);
  expect(await pages.after(2)).toMatchObject({ last: 4 });
});

it("holds on to the latest eight pages alone, however long the log that somebody reads through", async () => {
  const { log, pages } = logOf(40);
  const held = [];
  for (let place = 0; place < 20; place += 2) held.push(await pages.after(place));
  for (const place of [18, 4, 2]) await pages.after(place);
  expect(log.reads.slice(10)).toEqual([2]);
  expect(held).toHaveLength(10);
});

it("asks again where the log ended and where a read failed", async () => {
  const { log, pages } = logOf(2);
  expect(await pages.after(2)).toBeNull();
  log.length = 3;
  log.isBroken = true;
  await expect(pages.after(2)).rejects.toThrow("no database");
  log.isBroken = false;
  expect(await pages.after(2)).toMatchObject({ last: 3 });
});

it("reads what readers are done after for each of them", async () => {
  let reads = 0;
  const pages = new SharedPages<number>(async () => {
    reads += 1;
    return { last: 1, chunk: Buffer.from("end"), ending: [1] };
  });
  await pages.after(0);
  expect(await pages.after(0)).toMatchObject({ ending: [1] });
  expect(reads).toBe(2);
});
