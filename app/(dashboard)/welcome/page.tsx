import type { Metadata } from "next";
import { requireSession } from "@/lib/server/http/require-session";
import { WelcomeClient } from "./client";

export const metadata: Metadata = { title: "Connect an agent" };

export default async function WelcomePage() {
  await requireSession();
  return <WelcomeClient />;
}
