import type { ComponentProps } from "react";

/**
 * A part of a grid, tree or splitter by its ARIA role: rows that are drawn only where they are in sight are placed absolutely and
 * cannot be a <table>. Patterns: WAI-ARIA Authoring Practices, "Treegrid", "Grid", "Window Splitter".
 */
export function Part(props: ComponentProps<"div">) {
  return <div {...props} />;
}
