/** One value of a column; a missing one is null. */
export type Cell = string | number | boolean | null | undefined;

/** A column as a PostgreSQL array literal (`{1,NULL,"a \"word\""}`); null when all cells are null. */
export function column(cells: readonly Cell[]): string | null {
  if (cells.length > 0 && cells.every((cell) => cell == null)) return null;
  return `{${cells.map(cellText).join()}}`;
}

const special = /["\\]/;

function cellText(cell: Cell): string {
  if (typeof cell === "string") return `"${special.test(cell) ? cell.replaceAll(/["\\]/g, "\\$&") : cell}"`;
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "NULL";
  return cell == null ? "NULL" : String(cell);
}
