import { Compass } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <main className="flex h-dvh items-center">
      <EmptyState
        icon={Compass}
        title="There is nothing at this address"
        action={
          <Link href="/runs" className={buttonClass()}>
            Go to runs
          </Link>
        }
      >
        The link may be old, or the run was removed by retention.
      </EmptyState>
    </main>
  );
}
