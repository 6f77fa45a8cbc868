import type { Metadata } from "next";
import { requireSession } from "@/lib/server/http/require-session";
import { SettingsClient } from "./client";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  await requireSession();
  return <SettingsClient />;
}
