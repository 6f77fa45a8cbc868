"use client";
import { usePathname } from "next/navigation";
import { UnknownAddress } from "@/components/layout/unknown-address";

/** Every page carries this one along: it stays small. */
export default function NotFound() {
  return <UnknownAddress path={decodeURIComponent(usePathname())} />;
}
