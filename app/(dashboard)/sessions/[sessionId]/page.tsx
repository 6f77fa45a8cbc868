import type { Metadata } from "next";
import { requireSession } from "@/lib/server/http/require-session";
import { SessionClient } from "./client";

export const metadata: Metadata = { title: "Session" };

type SessionPageProps = { readonly params: Promise<{ readonly sessionId: string }> };

export default async function SessionPage({ params }: SessionPageProps) {
  await requireSession();
  return <SessionClient sessionId={decodeURIComponent((await params).sessionId)} />;
}
