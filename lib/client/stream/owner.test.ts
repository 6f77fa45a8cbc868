import { afterEach, beforeEach, expect, test } from "vitest";
import { StreamServer } from "@/test/stream-server";
import { StreamOwner } from "./owner";
import { ListeningTab } from "./testing/listening-tab";
import { ManualClock } from "./testing/manual-clock";

const settled = 20;
const untilRetry = 500;

let server: StreamServer;
let clock: ManualClock;
let owner: StreamOwner;
let tab: ListeningTab;

beforeEach(async () => {
  server = new StreamServer();
  clock = new ManualClock();
  owner = new StreamOwner({ origin: await server.listen(), fetch, clock, random: () => 1 });
  tab = new ListeningTab();
});

afterEach(async () => {
  owner.leave(tab);
  await server.close();
});

const watching = (runs: Record<string, number> = {}, alerts: number | null = null) => ({ runs, alerts });

/** Makes `tab` watch and gives the stream that the owner opens, greeted. */
async function openStream(runs: Record<string, number>, feedSeq = 0) {
  owner.watch(tab, watching(runs));
  clock.advance(settled);
  const stream = await server.streams.next();
  stream.hello(feedSeq, clock.now());
  await tab.live();
  return stream;
}

test("one connection carries the feed and the open runs, each from where the tab stands", async () => {
  const stream = await openStream({ a: 3, b: 0 });
  expect(stream.runs).toBe("a:3,b:0");
  stream.events("a", 4, 5);
  stream.send("run", { feedSeq: 1, run: { id: "a", lastSeq: 5 }, firstSeq: 4, lastSeq: 5 }, 1);
  await tab.until(() => tab.messages.some((message) => message.type === "feed"));
  expect(tab.seqs("a")).toEqual([4, 5]);
});

test("a cut stream resumes after the last event of each run and of the feed, without loss or doubles", async () => {
  const stream = await openStream({ a: 0 });
  stream.events("a", 1, 2, 3);
  stream.send("run", { feedSeq: 7, run: { id: "a" }, firstSeq: 1, lastSeq: 3 }, 7);
  await tab.until(() => tab.messages.some((message) => message.type === "feed"));
  stream.cut();
  await tab.until(() => tab.connection?.status === "reconnecting");
  expect(tab.connection).toMatchObject({ retryAtMs: clock.now() + untilRetry });
  clock.advance(untilRetry);
  const resumed = await server.streams.next();
  expect([resumed.runs, resumed.lastEventId]).toEqual(["a:3", "7"]);
  resumed.hello(9, clock.now());
  resumed.events("a", 2, 3, 4);
  await tab.until(() => tab.seqs("a").length === 4);
  expect(tab.seqs("a")).toEqual([1, 2, 3, 4]);
});

test("tries that fail come further apart, up to ten seconds", async () => {
  owner.watch(tab, watching());
  clock.advance(settled);
  const delays: number[] = [];
  for (let attempt = 0; attempt < 7; attempt += 1) {
    (await server.streams.next()).refuse(503);
    await tab.until(() => tab.connection?.status === "reconnecting");
    const delayMs = tab.connection?.status === "reconnecting" ? tab.connection.retryAtMs - clock.now() : 0;
    delays.push(delayMs);
    clock.advance(delayMs);
  }
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

test("who asks is not kept waiting for the announced time, and the tries begin anew; a live stream is left alone", async () => {
  owner.watch(tab, watching());
  clock.advance(settled);
  const refusedAt = async () => {
    const told = tab.messages.length;
    (await server.streams.next()).refuse(503);
    await tab.until(() => tab.messages.length > told && tab.connection?.status === "reconnecting");
    return tab.connection?.status === "reconnecting" ? tab.connection.retryAtMs - clock.now() : null;
  };
  expect(await refusedAt()).toBe(500);
  clock.advance(500);
  expect(await refusedAt()).toBe(1_000);
  owner.retry();
  clock.advance(0);
  expect(tab.connection?.status).toBe("connecting");
  expect(await refusedAt()).toBe(500);
  clock.advance(500);
  (await server.streams.next()).hello(0, clock.now());
  await tab.live();
  owner.retry();
  clock.advance(0);
  owner.watch(tab, watching({ a: 0 }));
  clock.advance(settled);
  expect((await server.streams.next()).runs).toBe("a:0");
});

test("a jump in a run's seqs is closed by reading the range", async () => {
  server.log.set("a", [1, 2, 3, 4, 5, 6]);
  const stream = await openStream({ a: 0 });
  stream.events("a", 1, 2);
  stream.events("a", 5, 6);
  await tab.until(() => tab.seqs("a").length === 6);
  expect(tab.seqs("a")).toEqual([1, 2, 3, 4, 5, 6]);
  expect(server.pagesRead).toEqual(["a from 3"]);
});

test("when the set of runs grows, the old connection serves until the new one is up", async () => {
  const old = await openStream({ a: 0 }, 5);
  owner.watch(tab, watching({ a: 0, b: 10 }));
  clock.advance(settled);
  const next = await server.streams.next();
  expect([next.runs, next.lastEventId]).toEqual(["a:0,b:10", "5"]);
  old.events("a", 1);
  await tab.until(() => tab.seqs("a").length === 1);
  expect(old.isClosed).toBe(false);
  next.hello(5, clock.now());
  next.events("a", 1, 2);
  next.events("b", 11);
  await Promise.all([old.closed, tab.until(() => tab.seqs("b").length === 1)]);
  expect(tab.seqs("a")).toEqual([1, 2]);
});

test("a new connection that fails leaves the old one in service", async () => {
  const old = await openStream({ a: 0 });
  owner.watch(tab, watching({ a: 0, b: 0 }));
  clock.advance(settled);
  const refused = await server.streams.next();
  refused.refuse(503);
  await refused.closed;
  old.events("a", 1);
  await tab.until(() => tab.seqs("a").length === 1);
  expect(tab.connection?.status).toBe("live");
});

test("a second tab that stands elsewhere in the same run gets what it lacks, without a second connection", async () => {
  server.log.set("a", [1, 2, 3, 4]);
  const stream = await openStream({ a: 0 });
  stream.events("a", 1, 2, 3);
  await tab.until(() => tab.seqs("a").length === 3);
  const second = new ListeningTab();
  owner.watch(second, watching({ a: 1 }));
  clock.advance(settled);
  await second.until(() => second.seqs("a").length >= 2);
  stream.events("a", 4);
  await Promise.all([tab.until(() => tab.seqs("a").length === 4), second.until(() => second.seqs("a").at(-1) === 4)]);
  expect(second.seqs("a")).toEqual([2, 3, 4]);
  expect(tab.seqs("a")).toEqual([1, 2, 3, 4]);
  expect(server.streams.waiting).toBe(0);
});

test("a tab that joins a live stream is told so at once, and that earlier reads may have missed something", async () => {
  await openStream({});
  const second = new ListeningTab();
  owner.watch(second, watching());
  expect(second.messages.map((message) => message.type)).toEqual(["connection", "feed-started"]);
  expect(second.connection?.status).toBe("live");
});

test("a stream without even a heartbeat for 25 seconds is given up", async () => {
  const stream = await openStream({});
  clock.advance(24_999);
  expect(tab.connection?.status).toBe("live");
  clock.advance(1);
  expect(tab.connection).toMatchObject({ status: "reconnecting", reason: "silent" });
  await stream.closed;
});

test("a stream that says anything in time is kept, and what answers in another form is none", async () => {
  const stream = await openStream({ a: 0 });
  for (const seq of [1, 2, 3]) {
    clock.advance(24_000);
    stream.events("a", seq);
    await tab.until(() => tab.seqs("a").length === seq);
  }
  expect(tab.connection?.status).toBe("live");
  stream.cut();
  await tab.until(() => tab.connection?.status === "reconnecting");
  clock.advance(untilRetry);
  (await server.streams.next()).refuse(200);
  await tab.until(() => tab.connection?.status === "reconnecting");
  expect(tab.connection).toMatchObject({ reason: "not a stream", retryAtMs: clock.now() + 2 * untilRetry });
});

test("a refused session is said and not tried again until somebody asks", async () => {
  owner.watch(tab, watching());
  clock.advance(settled);
  (await server.streams.next()).refuse(401);
  await tab.until(() => tab.connection?.status === "disconnected");
  clock.advance(60_000);
  expect(server.streams.waiting).toBe(0);
  owner.retry();
  clock.advance(0);
  const stream = await server.streams.next();
  stream.hello(0, clock.now());
  await tab.live();
});

test("after a refused session a tab that was there already opens nothing, and one that joins is tried for", async () => {
  owner.watch(tab, watching());
  clock.advance(settled);
  (await server.streams.next()).refuse(403);
  await tab.until(() => tab.connection?.status === "disconnected");
  owner.watch(tab, watching({ a: 0 }));
  clock.advance(60_000);
  expect(server.streams.waiting).toBe(0);
  const signedIn = new ListeningTab();
  owner.watch(signedIn, watching());
  clock.advance(0);
  (await server.streams.next()).hello(0, clock.now());
  await signedIn.live();
  owner.leave(signedIn);
});

test("a connection that carries a run which nobody has open any more is replaced after a while", async () => {
  await openStream({ a: 0, b: 0 });
  owner.watch(tab, watching({ a: 0 }));
  clock.advance(3_000);
  expect((await server.streams.next()).runs).toBe("a:0");
});

test("where the feed's place is void the tabs read anew, and it is followed from where the next connection begins", async () => {
  const stream = await openStream({}, 5);
  const starts = () => tab.messages.filter((message) => message.type === "feed-started").length;
  expect(starts()).toBe(1);
  stream.send("reset", { reason: "unknown cursor" });
  await tab.until(() => starts() === 2);
  stream.cut();
  await tab.until(() => tab.connection?.status === "reconnecting");
  clock.advance(untilRetry);
  const next = await server.streams.next();
  expect(next.lastEventId).toBeUndefined();
  next.hello(2, clock.now());
  await tab.until(() => starts() === 3);
  next.cut();
  await tab.until(() => tab.connection?.status === "reconnecting");
  clock.advance(untilRetry);
  expect((await server.streams.next()).lastEventId).toBe("2");
});

test("a void cursor is passed on once, and the run is followed anew from where the tab then stands", async () => {
  const stream = await openStream({ a: 900 });
  stream.send("reset", { runId: "a", reason: "unknown cursor" });
  await tab.until(() => tab.messages.some((message) => message.type === "reset"));
  owner.watch(tab, watching({ a: 12 }));
  clock.advance(settled);
  const next = await server.streams.next();
  expect(next.runs).toBe("a:12");
});

test("a run that is left and opened again at once misses nothing that went by in between", async () => {
  server.log.set("a", [1, 2, 3]);
  const stream = await openStream({ a: 0 });
  const second = new ListeningTab();
  owner.watch(second, watching({ a: 0 }));
  owner.watch(tab, watching());
  stream.events("a", 1, 2, 3);
  await second.until(() => second.seqs("a").length === 3);
  owner.watch(tab, watching({ a: 1 }));
  await tab.until(() => tab.seqs("a").length === 2);
  expect(tab.seqs("a")).toEqual([2, 3]);
  owner.leave(second);
});

test("a tab that says that it is alive gets nothing again that is on its way to it", async () => {
  const stream = await openStream({ a: 0 });
  stream.events("a", 1, 2, 3);
  await tab.until(() => tab.seqs("a").length === 3);
  owner.watch(tab, watching({ a: 0 }));
  stream.events("a", 4);
  await tab.until(() => tab.seqs("a").length === 4);
  expect(tab.seqs("a")).toEqual([1, 2, 3, 4]);
  expect(server.pagesRead).toEqual([]);
});

test("who comes after all had left begins anew, whatever the connection of before had told", async () => {
  const stream = await openStream({ a: 0 }, 8);
  stream.send("alerts", { revision: 1, n: 4, firing: 1, entries: [{ n: 4, alertId: "x", step: "fired" }] });
  stream.events("a", 1, 2);
  await tab.until(() => tab.seqs("a").length === 2);
  owner.leave(tab);
  await stream.closed;
  const later = new ListeningTab();
  owner.watch(later, watching({ a: 2 }, 3));
  expect(later.messages).toEqual([
    { type: "speaker", speaks: true },
    { type: "connection", connection: { status: "connecting" } },
  ]);
  clock.advance(settled);
  const next = await server.streams.next();
  expect([next.runs, next.lastEventId, next.alerts]).toEqual(["a:2", undefined, "3"]);
  next.hello(9, clock.now());
  await later.until(() => later.messages.some((message) => message.type === "feed-started"));
  clock.advance(1_000);
  owner.leave(later);
});

test("the last tab to leave closes the connection", async () => {
  const stream = await openStream({ a: 0 });
  const second = new ListeningTab();
  owner.watch(second, watching());
  owner.leave(tab);
  stream.send("run", { feedSeq: 1, run: { id: "a" }, firstSeq: 1, lastSeq: 1 }, 1);
  await second.until(() => second.messages.some((message) => message.type === "feed"));
  owner.leave(second);
  await stream.closed;
});

test("a tab that says nothing for three minutes is taken for gone", async () => {
  await openStream({});
  const second = new ListeningTab();
  clock.advance(180_001);
  owner.watch(second, watching());
  const told = tab.messages.length;
  const stream = await server.streams.next();
  stream.hello(0, clock.now());
  await second.live();
  expect(tab.messages.length).toBe(told);
  owner.leave(second);
  await stream.closed;
});

test("lag is measured against the server's clock, however wrong the browser's is", async () => {
  owner.watch(tab, watching({ a: 0 }));
  clock.advance(settled);
  const stream = await server.streams.next();
  const serverNow = Date.parse("2026-03-01T12:00:00.250Z");
  stream.hello(0, serverNow);
  stream.events("a", 1);
  await tab.until(() => tab.seqs("a").length === 1);
  clock.advance(1_000);
  expect(tab.connection).toMatchObject({ status: "live", lagMs: 250, buffered: 0, serverAheadMs: serverNow - (clock.now() - 1_000) });
});

test("what happened to alerts is told once, also when connections overlap, and asked for from where it was left", async () => {
  const stream = await openStream({});
  const entry = (n: number) => ({ n, alertId: "x", step: "fired" });
  const told = () => tab.messages.flatMap((message) => (message.type === "alerts" ? message.news.entries.map(({ n }) => n) : []));
  const heard = () => tab.messages.filter((message) => message.type === "alerts").length;
  expect(stream.alerts).toBe("");
  stream.send("alerts", { revision: 1, n: 4, firing: 0, entries: [] });
  stream.send("alerts", { revision: 2, n: 5, firing: 1, entries: [entry(5)] });
  await tab.until(() => heard() === 2);
  owner.watch(tab, watching({ a: 0 }));
  clock.advance(settled);
  const next = await server.streams.next();
  expect(next.alerts).toBe("5");
  next.hello(0, clock.now());
  next.send("alerts", { revision: 3, n: 6, firing: 1, entries: [entry(5), entry(6)] });
  await tab.until(() => heard() === 3);
  expect(told()).toEqual([5, 6]);
  const late = new ListeningTab();
  owner.watch(late, watching());
  expect(late.messages.filter((message) => message.type === "alerts")).toMatchObject([{ news: { firing: 1, entries: [] } }]);
  owner.leave(late);
});

test("an alert between the drawing of a page and its connection is told, to a tab that joins too", async () => {
  const entry = (n: number) => ({ n, alertId: "x", step: "fired" });
  const told = (one: ListeningTab) =>
    one.messages.flatMap((message) => (message.type === "alerts" ? message.news.entries.map(({ n }) => n) : []));
  const newer = new ListeningTab();
  owner.watch(newer, watching({}, 6));
  owner.watch(tab, watching({}, 4));
  owner.leave(newer);
  clock.advance(settled);
  const stream = await server.streams.next();
  expect(stream.alerts).toBe("4");
  stream.hello(0, clock.now());
  stream.send("alerts", { revision: 2, n: 6, firing: 1, entries: [entry(5), entry(6)] });
  await tab.until(() => told(tab).length === 2);
  const [drawnBefore, drawnAfter] = [new ListeningTab(), new ListeningTab()];
  owner.watch(drawnBefore, watching({}, 5));
  owner.watch(drawnAfter, watching({}, 6));
  expect([told(tab), told(drawnBefore), told(drawnAfter)]).toEqual([[5, 6], [6], []]);
  for (const one of [drawnBefore, drawnAfter]) owner.leave(one);
});

test("one tab speaks for the browser, and when it goes the next one does", async () => {
  await openStream({});
  const other = new ListeningTab();
  owner.watch(other, watching());
  const speaks = (one: ListeningTab) => one.messages.some((message) => message.type === "speaker" && message.speaks);
  expect([speaks(tab), speaks(other)]).toEqual([true, false]);
  owner.leave(tab);
  expect(speaks(other)).toBe(true);
  owner.leave(other);
});
