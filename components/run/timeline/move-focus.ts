import { type PreparedRows, rowFlags, UNATTACHED, UNATTACHED_ID } from "./prepare-rows";

export type TreeMove = { readonly type: "go"; readonly row: number } | { readonly type: "toggle"; readonly id: string } | null;

const pageRows = 15;

/** What an arrow key does in a tree grid (WAI-ARIA Authoring Practices, "Treegrid"); null = nothing of ours. */
export function moveFocus(rows: PreparedRows, row: number, key: string): TreeMove {
  const last = rows.order.length - 1;
  if (last < 0) return null;
  const go = (to: number): TreeMove => ({ type: "go", row: Math.min(last, Math.max(0, to)) });
  switch (key) {
    case "ArrowDown":
      return go(row + 1);
    case "ArrowUp":
      return go(row < 0 ? 0 : row - 1);
    case "PageDown":
      return go(row + pageRows);
    case "PageUp":
      return go(row - pageRows);
    case "Home":
      return go(0);
    case "End":
      return go(last);
    case "ArrowRight":
      return openOrEnter(rows, row);
    case "ArrowLeft":
      return closeOrLeave(rows, row);
    default:
      return null;
  }
}

/** Id of the span in a row, or of the unattached group. */
export function rowId(rows: PreparedRows, row: number): string | null {
  const index = rows.order[row];
  if (index === undefined) return null;
  return index === UNATTACHED ? UNATTACHED_ID : (rows.spans[index]?.id ?? null);
}

function openOrEnter(rows: PreparedRows, row: number): TreeMove {
  const bits = rows.flags[row] ?? 0;
  if (!(bits & rowFlags.hasChildren)) return null;
  const id = rowId(rows, row);
  if (bits & rowFlags.collapsed) return id === null ? null : { type: "toggle", id };
  return { type: "go", row: row + 1 };
}

function closeOrLeave(rows: PreparedRows, row: number): TreeMove {
  const bits = rows.flags[row] ?? 0;
  const id = rowId(rows, row);
  if (id !== null && bits & rowFlags.hasChildren && !(bits & rowFlags.collapsed)) return { type: "toggle", id };
  const depth = rows.depth[row] ?? 0;
  for (let above = row - 1; above >= 0; above--) if ((rows.depth[above] ?? 0) < depth) return { type: "go", row: above };
  return null;
}
