import { expect, test } from "vitest";
import { eventOf } from "../stream/testing/event-of";
import { EventPages, eventPageSize } from "./event-pages";

/** A log whose pages are read at once, and which counts how it was asked. */
function openLog(lastSeq: number, dropped: ReadonlySet<number> = new Set()) {
  const asked: string[] = [];
  const log = { lastSeq };
  const pages = new EventPages(async ({ from, limit }) => {
    asked.push(`${from}+${limit}`);
    const to = Math.min(from + limit - 1, log.lastSeq);
    const seqs = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index).filter((seq) => !dropped.has(seq));
    return { events: seqs.map(eventOf), lastSeq: log.lastSeq, readUpTo: to };
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { pages, asked, log, settle };
}

test("any place of a long log can be read without what lies before it", async () => {
  const { pages, asked, settle } = openLog(100_000);
  pages.want(50_050, 50_120);
  await settle();
  expect(pages.at(50_100)).toMatchObject({ status: "loaded", event: { seq: 50_100 } });
  expect(pages.at(49_000)).toEqual({ status: "loading" });
  expect(asked).toEqual([`50001+${eventPageSize}`]);
});

test("what retention dropped is told apart from what is on its way", async () => {
  const { pages, settle } = openLog(100, new Set([7]));
  pages.want(1, 20);
  expect(pages.at(7)).toEqual({ status: "loading" });
  await settle();
  expect(pages.at(7)).toEqual({ status: "dropped" });
  expect(pages.at(8)).toMatchObject({ status: "loaded" });
});

test("live events continue the last page, and a page that fell behind is read on from where it ends", async () => {
  const { pages, asked, log, settle } = openLog(10);
  pages.want(1, 10);
  await settle();
  pages.append([eventOf(11)]);
  expect(pages.at(11)).toMatchObject({ status: "loaded" });
  pages.append([eventOf(15)]);
  expect(pages.at(15)).toEqual({ status: "loading" });
  log.lastSeq = 15;
  pages.want(1, 15);
  await settle();
  expect(pages.at(15)).toMatchObject({ status: "loaded" });
  expect(asked).toEqual(["1+200", "12+189"]);
});

test("memory is bounded: the least recently seen pages are let go", async () => {
  const { pages, settle } = openLog(100_000);
  for (let seq = 1; seq < 20_000; seq += eventPageSize) {
    pages.want(seq, seq);
    await settle();
  }
  expect(pages.at(1)).toEqual({ status: "loading" });
  expect(pages.at(19_900)).toMatchObject({ status: "loaded" });
});

test("a failed read is shown, asks no more by itself, and is tried again on demand", async () => {
  let down = true;
  let reads = 0;
  const pages = new EventPages(async () => {
    reads += 1;
    if (down) throw new Error("down");
    return { events: [eventOf(1)], lastSeq: 1, readUpTo: 1 };
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  pages.want(1, 1);
  await settle();
  pages.want(1, 1);
  await settle();
  expect([pages.failure?.message, reads]).toEqual(["down", 1]);
  down = false;
  pages.retry();
  pages.want(1, 1);
  await settle();
  expect(pages.at(1)).toMatchObject({ status: "loaded" });
});
