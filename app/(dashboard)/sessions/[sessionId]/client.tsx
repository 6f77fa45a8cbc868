"use client";
import { Compass } from "lucide-react";
import { SessionPage } from "@/components/sessions/session-page";
import { SessionSkeleton } from "@/components/sessions/session-skeleton";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Link } from "@/components/ui/link";
import { Sought } from "@/components/ui/sought";
import { ApiError } from "@/lib/client/hooks/api-error";
import { useSession } from "@/lib/client/hooks/use-sessions";

export function SessionClient({ sessionId }: { readonly sessionId: string }) {
  const { data, error, refetch } = useSession(sessionId);
  if (data) return <SessionPage report={data} />;
  if (error instanceof ApiError && error.status === 404) return <UnknownSession sessionId={sessionId} />;
  if (error) {
    return <ErrorState className="m-4" title="This session could not be loaded." error={error} onRetry={() => void refetch()} />;
  }
  return <SessionSkeleton />;
}

function UnknownSession({ sessionId }: { readonly sessionId: string }) {
  return (
    <div className="flex h-full items-center">
      <EmptyState
        icon={Compass}
        title="No session has this id"
        action={
          <Link href="/sessions" className={buttonClass("solid")}>
            All sessions
          </Link>
        }
      >
        <Sought text={sessionId} />
        <br />
        No run in this project has it. The link may be incomplete, or belong to another project.
      </EmptyState>
    </div>
  );
}
