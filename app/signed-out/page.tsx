import type { Metadata } from "next";
import { SignedOut } from "@/components/layout/signed-out";

export const metadata: Metadata = { title: "Sign in" };

export default function SignedOutPage() {
  return <SignedOut />;
}
