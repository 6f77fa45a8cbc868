import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { approvalTabs } from "@/lib/core/approvals/tabs";

/** What of the inbox is being looked at, as the address writes it. */
export const approvalParams = { tab: parseAsStringLiteral(approvalTabs).withDefault("waiting"), id: parseAsString };
