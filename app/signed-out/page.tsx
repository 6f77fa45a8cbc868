import type { Metadata } from "next";
import { SignedOut } from "@/components/layout/signed-out";

export const metadata: Metadata = { title: "Sign in" };

type SignedOutPageProps = { readonly searchParams: Promise<{ readonly reason?: string | string[] }> };

export default async function SignedOutPage({ searchParams }: SignedOutPageProps) {
  const { reason } = await searchParams;
  return <SignedOut why={reason === "link" || reason === "ended" ? reason : null} />;
}
