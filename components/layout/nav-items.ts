import { BellRing, CircleDollarSign, Hand, ListTree, type LucideIcon, Settings } from "lucide-react";

export type NavItem = { readonly href: string; readonly label: string; readonly icon: LucideIcon; readonly keys: string };

/** Runs by what they belong to: a page below Runs with an address of its own. */
const sessions = "/sessions";

/** Whether a page stands below this item. */
export function isHere(href: string, path: string): boolean {
  const below = (parent: string) => path === parent || path.startsWith(`${parent}/`);
  return below(href) || (href === "/runs" && below(sessions));
}

/** The pages that exist. */
export const navItems: readonly NavItem[] = [
  { href: "/runs", label: "Runs", icon: ListTree, keys: "g r" },
  { href: "/approvals", label: "Approvals", icon: Hand, keys: "g a" },
  { href: "/costs", label: "Costs", icon: CircleDollarSign, keys: "g c" },
  { href: "/alerts", label: "Alerts", icon: BellRing, keys: "g l" },
  { href: "/settings", label: "Settings", icon: Settings, keys: "g s" },
];
