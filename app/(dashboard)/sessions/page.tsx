import type { Metadata } from "next";
import { requireSession } from "@/lib/server/http/require-session";
import { SessionsClient } from "./client";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage() {
  await requireSession();
  return <SessionsClient />;
}
