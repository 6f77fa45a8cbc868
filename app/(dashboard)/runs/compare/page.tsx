import type { Metadata } from "next";
import { requireSession } from "@/lib/server/http/require-session";
import { CompareClient } from "./client";

export const metadata: Metadata = { title: "Compare" };

export default async function CompareRunsPage() {
  await requireSession();
  return <CompareClient />;
}
