import { CopyTextButton } from "@/components/ui/copy-button";
import { Mark } from "./mark";

const command = "npx watchfloor link";

/** For a browser without a session: how to get one. `linkFailed`: it came by a link that did not work. */
export function SignedOut({ linkFailed }: { readonly linkFailed: boolean }) {
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-sm rounded-box border bg-panel p-6">
        <Mark size={28} />
        <h1 className="mt-4 font-semibold text-display">{linkFailed ? "This link no longer works" : "This browser is not signed in"}</h1>
        <p className="mt-1 text-muted">
          {linkFailed ? "It was used before, or is older than a day." : "Watchfloor lets in whoever opens a sign-in link."} Make one on the
          machine that runs it:
        </p>
        <div className="mt-4 flex items-center justify-between rounded-box border bg-inset py-1.5 pr-1.5 pl-3">
          <code className="font-code">{command}</code>
          <CopyTextButton size="small" look="quiet" text={command} what="command" />
        </div>
        <p className="mt-4 text-faint text-meta">
          The link works once, within 24 hours. The session then stays in this browser for 90 days.
        </p>
      </div>
    </main>
  );
}
