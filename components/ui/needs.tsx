"use client";
import type { ReactNode } from "react";
import { useRefusal } from "@/lib/client/hooks/use-refusal";
import type { Scope } from "@/lib/core/members/scopes";

type NeedsProps = { readonly scope: Scope; readonly otherwise: (refusal: string) => ReactNode; readonly children: ReactNode };

/** What only some may see or do: to others it says why not, and asks the server for nothing that it would refuse. */
export function Needs({ scope, otherwise, children }: NeedsProps) {
  const refusal = useRefusal(scope);
  return refusal === null ? children : otherwise(refusal);
}
