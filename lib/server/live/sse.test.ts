import { describe, expect, it } from "vitest";
import { JsonText } from "@/lib/core/exact-json";
import { sseComment, sseFrame } from "./sse";

describe("sseFrame", () => {
  it("writes the lines in the order that each system uses, and one blank line", () => {
    const frame = { id: "evt_001", event: "agent.started", data: { agent: "Researcher" } };
    expect(sseFrame(frame)).toBe('id: evt_001\nevent: agent.started\ndata: {"agent":"Researcher"}\n\n');
    expect(sseFrame(frame, ["event", "data", "id"])).toBe('event: agent.started\ndata: {"agent":"Researcher"}\nid: evt_001\n\n');
    expect(sseFrame(frame, ["data"])).toBe('data: {"agent":"Researcher"}\n\n');
  });

  it("keeps an event whole for readers that split lines at U+0085, U+2028 and U+2029", () => {
    const text = sseFrame({ data: { message: "a\u0085b\u2028c\u2029d\ne" } });
    expect(text).toBe('data: {"message":"a\\u0085b\\u2028c\\u2029d\\ne"}\n\n');
    expect(JSON.parse(text.slice(6))).toEqual({ message: "a\u0085b\u2028c\u2029d\ne" });
  });

  it("puts JSON that goes out as it was written on one line, every literal and repeated key in place (G15)", () => {
    const raw = new JsonText('{\r\n  "n": 9007199254740993,\n  "n": 1.0,\n  "s": "a\u2028b"\n}');
    expect(sseFrame({ data: { seq: 1, raw } as never })).toBe(
      'data: {"seq":1,"raw":{    "n": 9007199254740993,   "n": 1.0,   "s": "a\\u2028b" }}\n\n',
    );
  });

  it("cannot be made to forge a second event, by text, name or id", () => {
    expect(sseFrame({ event: "x\nevent: done", id: "1\ndata: [DONE]", data: "a\n\ndata: [DONE]" })).toBe("data: a data: [DONE]\n\n");
    expect(sseComment("ping\n\ndata: x")).toBe(": ping data: x\n\n");
  });
});
