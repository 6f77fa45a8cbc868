import type { Metadata } from "next";
import { requireSession } from "@/lib/server/http/require-session";
import { InspectClient } from "./client";

export const metadata: Metadata = { title: "Inspect events" };

export default async function InspectPage() {
  await requireSession();
  return <InspectClient />;
}
