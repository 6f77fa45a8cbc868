import { z } from "zod";
import { auditNouns } from "@/lib/core/audit/actions";
import { AuditList, AuditVerdict } from "@/lib/core/audit/entry";
import { listEntries } from "../audit/list-entries";
import { verifyLog } from "../audit/verify-log";
import { json } from "../http/call";
import { cursorParameter, integerOf, integerParameter, textOf, wordOf } from "../http/query";
import type { Route } from "../http/route";

const pageLimit = { fallback: 50, min: 1, max: 500 };

const list: Route = {
  method: "GET",
  path: "/api/audit",
  scope: "admin",
  doc: {
    summary: "The audit log: what people and keys did in this project, newest first",
    query: z.object({
      about: z.enum(auditNouns).optional().describe("only this action"),
      limit: integerParameter(pageLimit),
      cursor: cursorParameter,
    }),
    reply: AuditList,
  },
  run: async ({ principal, query }) => {
    const limit = integerOf(query, "limit", pageLimit);
    return json(
      200,
      await listEntries(principal.projectId, { noun: wordOf(query, "about", auditNouns), limit, cursor: textOf(query, "cursor") }),
    );
  },
};

const verify: Route = {
  method: "GET",
  path: "/api/audit/verify",
  scope: "admin",
  doc: { summary: "Verifies the audit log, and lists the entries that are not as they were written", reply: AuditVerdict },
  run: async ({ principal }) => json(200, await verifyLog(principal.projectId), { "cache-control": "no-store" }),
};

export const auditRoutes: readonly Route[] = [list, verify];
