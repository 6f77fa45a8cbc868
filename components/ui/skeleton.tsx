import { classNames } from "./class-names";

/** The place of something that is on its way. Shows after 150 ms, so that what is quick never flickers. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden className={classNames("block animate-late rounded-row bg-hover", className)} />;
}

type SkeletonRowsProps = {
  readonly rows: number;
  /** The real rows have two lines on a phone. */
  readonly tall?: boolean;
  readonly className?: string;
};

/** Rows of a list that is on its way, as high as the real ones. */
export function SkeletonRows({ rows, tall = false, className }: SkeletonRowsProps) {
  return (
    <div role="status" className={className}>
      <span className="sr-only">Loading</span>
      {placeholders(rows).map(({ key, width }) => (
        <div key={key} className={classNames("flex h-(--row) items-center gap-4 border-b px-3 last:border-b-0", tall && "max-md:h-14")}>
          <Skeleton className="h-2.5 w-24" />
          <Skeleton className={classNames("h-2.5", width)} />
          <Skeleton className="ml-auto h-2.5 w-16" />
        </div>
      ))}
    </div>
  );
}

const widths = ["w-56", "w-40", "w-64", "w-48"];

function placeholders(rows: number) {
  return Array.from({ length: rows }, (_, row) => ({ key: `row-${row}`, width: widths[row % widths.length] }));
}
