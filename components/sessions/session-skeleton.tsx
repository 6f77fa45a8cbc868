import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** The page of a session that is on its way, as high as the real one. */
export function SessionSkeleton() {
  return (
    <div className="flex h-full min-h-0 flex-col bg-panel" aria-busy>
      <div className="shrink-0 border-b px-4 pt-2 pb-2">
        <div className="flex h-7 items-center gap-3">
          <Skeleton className="ml-7 h-4 w-16" />
          <Skeleton className="h-4 w-56" />
        </div>
        <div className="mt-1.5 flex h-9 items-center gap-6 sm:pl-8">
          <Skeleton className="h-6 w-14" />
          <Skeleton className="h-6 w-20" />
          <Skeleton className="h-6 w-16" />
        </div>
      </div>
      <SkeletonRows tall rows={12} className="min-h-0 flex-1 overflow-hidden pt-7" />
    </div>
  );
}
