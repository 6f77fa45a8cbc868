import { describe, expect, it } from "vitest";
import { endpointUrl, type SentDecision, sourceEndpoints } from "./source-endpoints";

const decision: SentDecision = { runId: "wf/1", approvalId: "a1", kind: "tool", decision: "approve", by: "Ada", comment: "fine" };

describe("a decision on its way to the system that asked", () => {
  it("has Shannon's body, with the words and edited arguments that it has fields for", () => {
    const { decide } = sourceEndpoints.shannon;
    expect(decide?.(decision)).toEqual({
      path: "/api/v1/approvals/decision",
      body: { workflow_id: "wf/1", approval_id: "a1", approved: true, feedback: "fine", approved_by: "Ada" },
    });
    const edited = { ...decision, decision: "edit", editedArguments: { path: "/b" } } as const;
    expect(decide?.(edited).body).toMatchObject({ approved: true, modified_action: '{"path":"/b"}' });
    expect(decide?.({ ...edited, editedArguments: "/c" }).body).toMatchObject({ modified_action: "/c" });
    expect(decide?.({ ...decision, decision: "deny" }).body).toMatchObject({ approved: false, feedback: "fine" });
    expect(decide?.({ ...decision, decision: "timeout" }).body).toMatchObject({ approved: false, feedback: "approval timeout" });
    expect(decide?.({ ...decision, decision: "answer", answer: "blue" }).body).toMatchObject({ approved: true, feedback: "blue\nfine" });
  });

  it("never runs at Powabase what was approved with other arguments only", () => {
    const { decide } = sourceEndpoints.powabase;
    expect(decide?.(decision)).toEqual({ path: "/api/agents/runs/wf%2F1/approve", body: { approved: true, reason: "fine" } });
    const edited = decide?.({ ...decision, decision: "edit", editedArguments: { path: "/b" } });
    expect(edited?.body).toEqual({ approved: false, reason: 'Approved only with these arguments: {"path":"/b"}' });
    expect(decide?.({ ...decision, decision: "timeout" }).body).toEqual({ approved: false, reason: "Approval timed out" });
    expect(decide?.({ ...decision, decision: "answer" }).body).toEqual({ approved: true, reason: "fine" });
    expect(decide?.({ ...decision, decision: "deny" }).body).toEqual({ approved: false, reason: "fine" });
  });
});

describe("the address of a source", () => {
  it("may say the beginning of the path or not", () => {
    expect(endpointUrl("http://h:8080", "/api/v1/tasks")).toBe("http://h:8080/api/v1/tasks");
    expect(endpointUrl("http://h:8080/api/v1/", "/api/v1/tasks")).toBe("http://h:8080/api/v1/tasks");
    expect(endpointUrl("https://x.p.powabase.ai/api", "/api/agents/runs/r/approve")).toBe(
      "https://x.p.powabase.ai/api/agents/runs/r/approve",
    );
    expect(endpointUrl("https://h/gateway", "/v1/runs?from=../x")).toBe("https://h/gateway/v1/runs?from=../x");
    expect(endpointUrl("https://h/gateway", "/v1/runs")).toBe("https://h/gateway/v1/runs");
    expect(endpointUrl("https://h/gateway/v1", "/v1/runs")).toBe("https://h/gateway/v1/runs");
  });
});

describe("a run whose id a path cannot hold", () => {
  it.each([".", ".."])("is called nowhere, and at no other path: %j", (runId) => {
    const paths = [
      sourceEndpoints.shannon.control?.({ runId, action: "pause" }).path,
      sourceEndpoints.shannon.history?.({ run: runId, sinceMs: null }),
      sourceEndpoints.powabase.decide?.({ ...decision, runId }).path,
    ];
    expect(paths.map((path) => endpointUrl("https://h/base", path ?? ""))).toEqual([null, null, null]);
  });

  it("is only that: every other id is called at its own path, which no URL parser changes", () => {
    for (const runId of ["...", ".a", "%2e%2e", "a/../b", "\\..\\", "..;", "..\t", "日本"]) {
      const { path = "" } = sourceEndpoints.shannon.control?.({ runId, action: "pause" }) ?? {};
      const url = new URL(endpointUrl("https://h/base", path) ?? "");
      expect(decodeURIComponent(url.pathname.split("/")[5] as string)).toBe(runId);
      expect(url.pathname.split("/")).toHaveLength(7);
    }
  });

  it.each(["%2e", "%2E%2e", ".%2E"])("is found in a path that is stored already: %j", (segment) => {
    expect(endpointUrl("https://h", `/api/v1/tasks/${segment}/pause`)).toBeNull();
  });
});

describe("a stream's address", () => {
  it("says which run its frames belong to that name none", () => {
    const run = (dialect: "shannon" | "crewship" | "resonant", url: string) => sourceEndpoints[dialect].runOfStream?.(new URL(url));
    expect(run("shannon", "http://h/api/v1/stream/sse?workflow_id=wf%201")).toBe("wf 1");
    expect(run("shannon", "http://h/api/v1/tasks/wf-2/stream")).toBe("wf-2");
    expect(run("crewship", "https://h/v1/runs/run_7/events")).toBe("run_7");
    expect(run("resonant", "https://h/api/v1/events/subscribe")).toBeNull();
  });

  it("leads to the history behind it, page by page", () => {
    const { history, historyPage } = sourceEndpoints.shannon;
    const first = history?.({ run: "wf", sinceMs: null }) ?? "";
    expect(first).toBe("/api/v1/tasks/wf/events?limit=200&offset=0");
    const full = historyPage?.({ events: Array.from({ length: 200 }, () => ({ type: "PROGRESS" })) }, first, null);
    expect(full?.next).toBe("/api/v1/tasks/wf/events?limit=200&offset=200");
    expect(historyPage?.({ events: [{ type: "PROGRESS" }, 7] }, first, null)).toMatchObject({ events: [{ type: "PROGRESS" }], next: null });
    expect(historyPage?.({ nothing: true }, first, null)).toEqual({ events: [], next: null, cursor: null });
    const events = [
      { seq: 8, stream_id: "1700-8" },
      { seq: 9, stream_id: "1700-9" },
      { seq: 10, stream_id: "1701-1" },
    ];
    expect(historyPage?.({ events }, first, "1700-8")).toMatchObject({ events: events.slice(1), cursor: "1701-1" });
    expect(historyPage?.({ events }, first, "9")).toMatchObject({ events: events.slice(2), cursor: "1701-1" });
    const platform = sourceEndpoints.resonant;
    const path = platform.history?.({ run: null, sinceMs: Date.parse("2026-03-01T10:00:00Z") }) ?? "";
    expect(path).toBe("/api/v1/events?limit=100&offset=0&since=2026-03-01T10%3A00%3A00.000Z");
    const more = { has_more: true };
    const page = platform.historyPage?.({ data: [{ id: "evt_1" }], pagination: more }, path, null);
    expect(page).toEqual({ events: [{ id: "evt_1" }], cursor: null, next: path.replace("offset=0", "offset=1") });
    const many = Array.from({ length: 100 }, (_, at) => ({ id: `evt_${at}` }));
    expect(platform.historyPage?.({ events: many, pagination: more }, page?.next ?? "", null)?.next).toContain("offset=101&");
    expect(platform.historyPage?.({ data: [], pagination: more }, path, null).next).toBeNull();
    expect(platform.historyPage?.({ data: many, pagination: { has_more: false } }, path, null).next).toBeNull();
    expect(platform.history?.({ run: "s 1", sinceMs: null })).toBe("/api/v1/events?limit=100&offset=0&session_id=s+1");
  });
});
