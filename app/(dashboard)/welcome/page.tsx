import type { Metadata } from "next";
import { WelcomeClient } from "./client";

export const metadata: Metadata = { title: "Connect an agent" };

export default function WelcomePage() {
  return <WelcomeClient />;
}
