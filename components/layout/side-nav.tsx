"use client";
import { ChevronsUpDown, Keyboard, Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Keys } from "@/components/ui/kbd";
import { Link } from "@/components/ui/link";
import { LiveBadge } from "@/components/ui/live-badge";
import { SafeText } from "@/components/ui/safe-text";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { useMe } from "@/lib/client/hooks/use-me";
import { Mark } from "./mark";
import { NavCount } from "./nav-count";
import { isHere, navItems } from "./nav-items";
import { useShell } from "./shell-context";
import { ThemeSwitch } from "./theme-switch";

export function SideNav({ className }: { readonly className?: string }) {
  const path = usePathname();
  const { openPalette, openShortcuts } = useShell();
  return (
    <nav aria-label="Main" className={classNames("w-40 shrink-0 flex-col overflow-y-auto border-r bg-ground px-2 pb-2", className)}>
      <ProjectName />
      <BareButton
        onClick={openPalette}
        className="mb-3 flex h-7 shrink-0 items-center gap-2 rounded-box border bg-panel px-2 text-faint hover:border-line-strong hover:text-muted pointer-coarse:h-10 low:mb-1"
      >
        <Search aria-hidden size={14} />
        <span className="flex-1 text-left">Find</span>
        <span className="pointer-coarse:hidden">
          <Keys keys="mod+k" />
        </span>
      </BareButton>
      <ul className="flex flex-col gap-px">
        {navItems.map(({ href, label, icon: Icon }) => {
          const here = isHere(href, path);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={here ? "page" : undefined}
                className={classNames(
                  "flex h-7 items-center gap-2 rounded-row px-2 font-medium pointer-coarse:h-10",
                  here ? "bg-hover text-ink" : "text-muted hover:bg-hover hover:text-ink",
                )}
              >
                <Icon aria-hidden size={16} strokeWidth={1.75} className={here ? "text-accent" : undefined} />
                {label}
                <NavCount href={href} className="ml-auto" />
              </Link>
            </li>
          );
        })}
      </ul>
      <Self />
      <div className="flex flex-wrap items-center gap-0.5">
        <LiveStatus />
        <span className="ml-auto flex">
          <IconButton label="Keyboard shortcuts" keys="?" onClick={openShortcuts}>
            <Keyboard size={16} strokeWidth={1.75} />
          </IconButton>
          <ThemeSwitch />
        </span>
      </div>
    </nav>
  );
}

/** Where one is, and the way to another project. */
function ProjectName() {
  const { data: me } = useMe();
  const { openProjects } = useShell();
  return (
    <div className="flex h-13 shrink-0 items-center gap-2 px-2 pointer-coarse:gap-0 pointer-coarse:px-0">
      <Link
        href="/runs"
        aria-label="Watchfloor: all runs"
        className="pointer-coarse:flex pointer-coarse:size-10 pointer-coarse:items-center pointer-coarse:justify-center"
      >
        <Mark />
      </Link>
      <BareButton onClick={openProjects} aria-haspopup="dialog" className="group min-w-0 flex-1 rounded-row text-left pointer-coarse:h-10">
        <span className="block font-semibold leading-4">Watchfloor</span>
        <span className="flex h-4 items-center gap-0.5 text-faint text-meta group-hover:text-ink">
          <span className="truncate" title={me?.project.name}>
            {me?.project.name}
          </span>
          <ChevronsUpDown aria-hidden size={11} className="shrink-0" />
        </span>
        <span className="sr-only">Switch project</span>
      </BareButton>
    </div>
  );
}

/** Whose browser this is, where that is a member's: what is done here has this name. */
function Self() {
  const { data: me } = useMe();
  if (!me?.member) return <span className="mt-auto" />;
  const { role } = me.member;
  return (
    <Link
      href="/settings#about"
      title={`Signed in as ${me.name}, ${role}`}
      className="mt-auto mb-1 block min-w-0 rounded-row px-2 py-1 text-meta hover:bg-hover"
    >
      <span className="sr-only">Signed in as </span>
      <span className="block truncate font-medium">
        <SafeText text={me.name} />
      </span>
      <span className="block truncate text-faint">{role}</span>
    </Link>
  );
}

/** Apart from the rest of the navigation, which does not change with the connection. */
function LiveStatus() {
  return <LiveBadge connection={useConnection()} className="min-w-0" />;
}
