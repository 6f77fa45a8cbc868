"use client";
import { ArrowLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { useGo } from "@/components/ui/go";
import { Link } from "@/components/ui/link";

/** What the browser tells of the pages behind this one; not every browser does. */
type Entries = {
  readonly currentEntry: { readonly index: number } | null;
  readonly entries: () => readonly { readonly url: string | null }[];
};

/** The list that this page was opened from, as it stood: how many pages back, and its address. Null where there was none. */
function listBehind(): { readonly back: number; readonly address: string } | null {
  const { navigation } = globalThis as { navigation?: Entries };
  const index = navigation?.currentEntry?.index ?? 0;
  const before = navigation?.entries().slice(0, index) ?? [];
  const at = before.findLastIndex(({ url }) => url !== null && new URL(url).pathname === "/runs");
  const found = before[at]?.url;
  if (found == null) return null;
  const { pathname, search } = new URL(found);
  return { back: index - at, address: pathname + search };
}

/** Leads to the list of runs: with its filter, and its place where that is the page just before. */
export function BackToRuns() {
  const router = useRouter();
  const go = useGo();
  return (
    <Link
      href="/runs"
      aria-label="All runs"
      className="-ml-1 inline-flex size-7 shrink-0 items-center justify-center rounded-row text-muted hover:bg-hover hover:text-ink pointer-coarse:size-10"
      onClick={(event) => {
        const list = event.metaKey || event.ctrlKey || event.shiftKey ? null : listBehind();
        if (list === null) return;
        event.preventDefault();
        if (list.back === 1) router.back();
        else go(list.address);
      }}
    >
      <ArrowLeft aria-hidden size={16} />
    </Link>
  );
}
