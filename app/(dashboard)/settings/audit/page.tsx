import type { Metadata } from "next";
import { requireSession } from "@/lib/server/http/require-session";
import { AuditClient } from "./client";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage() {
  await requireSession();
  return <AuditClient />;
}
