import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Page not found" };

/** Whatever no other page answers to: said inside the frame, by not-found.tsx. */
export default function UnknownAddressPage(): never {
  notFound();
}
