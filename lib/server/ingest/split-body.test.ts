import { describe, expect, it } from "vitest";
import type { RawEvent } from "./accept-event";
import { maxWholeEvents, openSplitter, splitBody } from "./split-body";

function split(kind: "ndjson" | "sse", pieces: Iterable<string>): RawEvent[] {
  const events: RawEvent[] = [];
  const splitter = openSplitter(kind, (event) => events.push(event));
  for (const piece of pieces) splitter.feed(piece);
  splitter.end();
  return events;
}

const lines = '{"n":1}\n\n{"n":2}\r\n  {"n":"\u00e9"}\n{broken\n{"n":4}';
const frames = ': hello\r\ndata: {"n":1}\r\n\r\nevent: x\ndata: {"n":\ndata: 2}\n\ndata: {"n":4}';

describe("the events of a body that is being written", () => {
  it("are the same however the text is cut", () => {
    for (const [kind, text] of [
      ["ndjson", lines],
      ["sse", frames],
    ] as const) {
      const whole = split(kind, [text]);
      expect(whole.length).toBeGreaterThan(2);
      expect(split(kind, text)).toEqual(whole);
      for (let at = 1; at < text.length; at++) expect(split(kind, [text.slice(0, at), text.slice(at)])).toEqual(whole);
    }
  });

  // Read again with each piece, a line of this length took minutes in which nobody else was answered.
  it("cost as much to read in pieces of one byte as at once", () => {
    const long = JSON.stringify({ text: "x".repeat(1_000_000) });
    expect(split("ndjson", long)).toHaveLength(1);
    expect(split("sse", `data: ${long}\n\n`)).toHaveLength(1);
  });
});

// G11
describe("what is held of a body", () => {
  it("is one event of a megabyte at the most, also of one with comments between its lines", () => {
    const line = `data: ${"x".repeat(60_000)}\n: still here\n`;
    expect(() => split("sse", new Array(20).fill(line))).toThrow(/longer than 1 MiB/);
  });

  it("is nothing of a stream that only says that it is alive", () => {
    const pings = new Array(100_000).fill("event: ping\n\n");
    expect(split("sse", [...pings, 'data: {"n":1}\n\n'])).toHaveLength(1);
  });

  it.each([
    ["a line at a time", "\n", /(?<=\n)/],
    ["a line at a time, ended as Windows does", "\r\n", /(?<=\n)/],
    ["a character at a time", "\r\n", ""],
    ["a character at a time, ended as old Macs did", "\r", ""],
  ])("is no more than the last event, however a stream comes in: %s", (_, end, pieces) => {
    const splitter = openSplitter("sse", () => {});
    const frame = `event: log${end}data: {"n":1}${end}${end}`;
    for (const piece of frame.repeat(1_000).split(pieces)) splitter.feed(piece);
    expect(splitter.held()).toBeLessThan(frame.length);
    splitter.feed('data: {"n":2');
    expect(splitter.held()).toBeGreaterThanOrEqual('data: {"n":2'.length);
  });

  it("is no event more than a list of JSON may have", () => {
    const most = "1\n".repeat(maxWholeEvents);
    expect(splitBody("ndjson", most)).toHaveLength(maxWholeEvents);
    expect(() => splitBody("ndjson", `${most}1`)).toThrow(/200,000 events/);
    expect(() => splitBody("sse", "data:1\n\n".repeat(maxWholeEvents + 1))).toThrow(/200,000 events/);
  });
});
