import { useMemo } from "react";
import { toast } from "@/components/ui/toast";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Refusals } from "@/lib/client/hooks/use-refusal";

const tell = (text: string) => toast({ text });

/** What this browser may not do, as the server says it. */
export function useRefusals(): Refusals {
  const { data: me } = useMe();
  return useMemo(() => ({ of: (scope) => me?.refusals[scope] ?? null, tell }), [me]);
}
