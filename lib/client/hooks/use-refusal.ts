import { createContext, useContext } from "react";
import type { Scope } from "@/lib/core/members/scopes";

export type Refusals = {
  /** Why what needs this scope may not be done, in words; null = it may. */
  readonly of: (scope: Scope) => string | null;
  /** Says so to whoever pressed all the same. */
  readonly tell: (refusal: string) => void;
};

/** Given by the shell, so that a button knows it without reading anything; around no shell nothing is refused. */
export const RefusalContext = createContext<Refusals>({ of: () => null, tell: () => {} });

/**
 * Why this browser may not do what needs this scope; null when it may. The server decides, whatever is drawn here: this only keeps people
 * from pressing what would be refused.
 */
export function useRefusal(scope: Scope): string | null {
  return useContext(RefusalContext).of(scope);
}
