import { z } from "zod";
import type { Approval } from "@/lib/core/api/approval";
import type { Json } from "@/lib/core/json";
import { signature } from "@/lib/core/members/signatures";
import { askApproval } from "../approvals/ask-approval";
import { awaitDecision } from "../approvals/await-decision";
import { openRun } from "../approvals/open-run";
import { json, noted } from "../http/call";
import { parsedBody } from "../http/parsed-body";
import { integerOf, integerParameter } from "../http/query";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";

const hooks = ["PreToolUse", "PermissionRequest"] as const;
type Hook = (typeof hooks)[number];

const Body = z.looseObject({
  session_id: z.string().min(1).max(500),
  hook_event_name: z.enum(hooks),
  tool_name: z.string().min(1).max(500),
  tool_input: z.unknown(),
  cwd: z.string().max(4_000).optional(),
});

const longWait = { fallback: 50, min: 1, max: 600 };

const decided = {
  permissionDecision: z.enum(["allow", "deny"]),
  permissionDecisionReason: z.string(),
  updatedInput: z.unknown().optional(),
};
const allowed = z.object({ behavior: z.literal("allow"), updatedInput: z.unknown().optional() });
const denied = z.object({ behavior: z.literal("deny"), message: z.string() });
const HookAnswer = z.object({
  hookSpecificOutput: z
    .union([
      z.object({ hookEventName: z.literal("PreToolUse"), ...decided }),
      z.object({ hookEventName: z.literal("PermissionRequest"), decision: z.union([allowed, denied]) }),
    ])
    .optional()
    .describe("absent if nobody decided in time; Claude Code then asks in its own terminal"),
});
type HookAnswer = z.infer<typeof HookAnswer>;

/**
 * Claude Code's HTTP hooks that run before a tool: answered once a human has decided. If nobody decides in time the hook makes no
 * decision, and Claude Code asks in its own terminal.
 */
export const claudeCodeRoute: Route = {
  method: "POST",
  path: "/api/hooks/claude-code",
  scope: "ingest",
  doc: {
    summary: "Claude Code: PreToolUse and PermissionRequest hooks, answered by a human",
    query: z.object({ wait: integerParameter(longWait, "seconds") }),
    body: Body,
    reply: HookAnswer,
    refusals: ["run_ended"],
  },
  run: async (call) => {
    const bodyText = await readBody(call);
    const seconds = integerOf(call.query, "wait", longWait);
    const { session_id, hook_event_name, tool_name, tool_input, cwd } = parsedBody(Body, bodyText, ["tool_input"]);
    const name = cwd === undefined ? {} : { query: `Claude Code in ${cwd}` };
    const run = await openRun(call.principal, { source: "claude-code", run: session_id, agent: "Claude Code", ...name });
    const wanted = {
      ...{ run: run.id, kind: "tool" as const, tool: tool_name, arguments: tool_input, agent: "Claude Code" },
      expiresInSeconds: seconds,
    };
    const { approval } = await askApproval(call.principal, { wanted, bodyText });
    const awaited = await awaitDecision(call.principal, approval.id, seconds * 1_000);
    return noted(json(200, hookAnswer(hook_event_name, awaited.approval)), awaited.given);
  },
};

function hookAnswer(hook: Hook, { status, decision }: Approval): HookAnswer {
  const isAllowed = status === "approved";
  if (!isAllowed && status !== "denied") return {};
  const edited = decision?.decision === "edit" ? { updatedInput: decision.editedArguments as Json } : {};
  const by = `${isAllowed ? "Approved" : "Denied"} by ${decision?.by ?? signature.unknown}`;
  const reason = decision?.comment ? `${by}: ${decision.comment}` : by;
  if (hook === "PreToolUse")
    return {
      hookSpecificOutput: {
        hookEventName: hook,
        permissionDecision: isAllowed ? "allow" : "deny",
        permissionDecisionReason: reason,
        ...edited,
      },
    };
  const answer = isAllowed ? { behavior: "allow" as const, ...edited } : { behavior: "deny" as const, message: reason };
  return { hookSpecificOutput: { hookEventName: hook, decision: answer } };
}
