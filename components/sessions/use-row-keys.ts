import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";

/** `j` and `k` go through the links that the rows of a table are; Enter opens one, as it does. */
export function useRowKeys(table: string, title: string, what: string): void {
  const step = (by: 1 | -1) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>(`table[aria-label="${table}"] th[scope=row] a`)];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  useShortcuts(title, [
    { keys: "j", label: `Next ${what}`, run: () => step(1) },
    { keys: "k", label: `Previous ${what}`, run: () => step(-1) },
  ]);
}
