"use client";
import { type DehydratedState, HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { unpackExact } from "@/lib/core/exact-json";

const exact = { defaultOptions: { deserializeData: unpackExact } };

/** What the server read for a page that shows the JSON of others, packed with `packExact`: other pages do without the exact reader. */
export function ExactHydration({ state, children }: { readonly state: DehydratedState; readonly children: ReactNode }) {
  return (
    <HydrationBoundary state={state} options={exact}>
      {children}
    </HydrationBoundary>
  );
}
