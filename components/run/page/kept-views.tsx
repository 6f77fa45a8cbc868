import { Activity, memo, type ReactNode, useState } from "react";

type KeptViewsProps<View extends string> = { readonly shown: View; readonly children: ReactNode };

/**
 * The view that is shown, and beside it, out of sight, those that were shown before: who comes back finds each where it stood, with what was
 * folded, opened and read in it. Out of sight they hear and draw nothing, however much the run grows.
 */
export function KeptViews<View extends string>({ shown, children }: KeptViewsProps<View>) {
  const [opened, setOpened] = useState<readonly View[]>([shown]);
  if (!opened.includes(shown)) setOpened([...opened, shown]);
  return opened.map((view) => (
    <Activity key={view} mode={view === shown ? "visible" : "hidden"}>
      <AsLeft isShown={view === shown}>{view === shown && children}</AsLeft>
    </Activity>
  ));
}

type AsLeftProps = { readonly isShown: boolean; readonly children: ReactNode };

/** What is not shown stays as it was drawn last. */
const AsLeft = memo(
  ({ children }: AsLeftProps) => children,
  (_, next) => !next.isShown,
);
