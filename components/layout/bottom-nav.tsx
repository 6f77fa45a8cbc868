"use client";
import { Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { NavCount } from "./nav-count";
import { isHere, navItems } from "./nav-items";
import { useShell } from "./shell-context";

const itemClass = "flex flex-1 flex-col items-center gap-0.5 py-1.5 text-[11px] leading-4";

/** The navigation within reach of a thumb. */
export function BottomNav({ className }: { readonly className?: string }) {
  const path = usePathname();
  const { openPalette } = useShell();
  return (
    <nav aria-label="Main" className={classNames("flex shrink-0 border-t bg-ground pb-[env(safe-area-inset-bottom)]", className)}>
      {navItems.map(({ href, label, icon: Icon }) => {
        const here = isHere(href, path);
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? "page" : undefined}
            className={classNames(itemClass, here ? "text-accent" : "text-muted")}
          >
            <span className="relative">
              <Icon aria-hidden size={20} strokeWidth={1.75} />
              {/* On a ground of its own: the count is read, not the icon through it. */}
              <span className="absolute -top-1.5 left-3 flex rounded-full bg-ground">
                <NavCount href={href} />
              </span>
            </span>
            {label}
          </Link>
        );
      })}
      <BareButton onClick={openPalette} className={classNames(itemClass, "text-muted")}>
        <Search aria-hidden size={20} strokeWidth={1.75} />
        Find
      </BareButton>
    </nav>
  );
}
