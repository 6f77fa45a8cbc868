"use client";
import { Compass, Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Sought } from "@/components/ui/sought";
import { useShell } from "./shell-context";

/** What stands where no page is: what was asked for, and the ways on. */
export function UnknownAddress({ path }: { readonly path: string }) {
  const { openPalette } = useShell();
  return (
    <div className="flex h-full items-center">
      <EmptyState
        icon={Compass}
        title="Page not found"
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Link href="/runs" className={buttonClass("solid")}>
              All runs
            </Link>
            <Button onClick={openPalette}>
              <Search aria-hidden size={14} />
              Find
            </Button>
          </div>
        }
      >
        <Sought text={path} />
        <br />
        The link may be out of date or incomplete.
      </EmptyState>
    </div>
  );
}
