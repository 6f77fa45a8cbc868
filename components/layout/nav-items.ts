import { BellRing, CircleDollarSign, Hand, ListTree, type LucideIcon, Settings } from "lucide-react";

export type NavItem = { readonly href: string; readonly label: string; readonly icon: LucideIcon; readonly keys: string };

/** The pages that exist. */
export const navItems: readonly NavItem[] = [
  { href: "/runs", label: "Runs", icon: ListTree, keys: "g r" },
  { href: "/approvals", label: "Approvals", icon: Hand, keys: "g a" },
  { href: "/costs", label: "Costs", icon: CircleDollarSign, keys: "g c" },
  { href: "/alerts", label: "Alerts", icon: BellRing, keys: "g l" },
  { href: "/settings", label: "Settings", icon: Settings, keys: "g s" },
];
