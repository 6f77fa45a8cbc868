import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** The page of a run that is on its way, as high as the real one. */
export function RunSkeleton() {
  return (
    <div className="flex h-full min-h-0 flex-col" aria-busy>
      <div className="shrink-0 border-b bg-panel px-4 pt-2 pb-1.5">
        <div className="flex h-7 items-center gap-3">
          <Skeleton className="ml-7 h-5 w-20" />
          <Skeleton className="h-4 w-72" />
        </div>
        <div className="mt-1 flex h-6 items-center gap-4 pl-8">
          <Skeleton className="h-3 w-14" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 w-24" />
        </div>
      </div>
      <div className="h-9 shrink-0 border-b bg-panel" />
      <SkeletonRows rows={14} className="min-h-0 flex-1 overflow-hidden pt-7" />
    </div>
  );
}
