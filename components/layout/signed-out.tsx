import { CopyTextButton } from "@/components/ui/copy-button";
import { Mark } from "./mark";

const command = "npx watchfloor link";

/** `link`: it came by a link that did not work; `ended`: it was signed in until now. */
type Why = "link" | "ended" | null;

/** For a browser without a session: how to get one. */
export function SignedOut({ why }: { readonly why: Why }) {
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-sm rounded-box border bg-panel p-6">
        <Mark size={28} />
        <h1 className="mt-4 font-semibold text-display">{titleOf(why)}</h1>
        <p className="mt-1 text-muted">
          {reasonOf(why)} Ask a project admin for a new link, or create one in Watchfloor's folder on the machine that runs it:
        </p>
        <div className="mt-4 flex items-center justify-between rounded-box border bg-inset py-1.5 pr-1.5 pl-3">
          <code className="font-code">{command}</code>
          <CopyTextButton size="small" look="quiet" text={command} what="command" />
        </div>
        <p className="mt-4 text-faint text-meta">The link works once, within 24 hours. This browser then stays signed in for 90 days.</p>
      </div>
    </main>
  );
}

function titleOf(why: Why): string {
  if (why === "link") return "This link no longer works";
  return why === "ended" ? "This browser is no longer signed in" : "This browser is not signed in";
}

function reasonOf(why: Why): string {
  if (why === "link") return "It was already used, is more than a day old, or was replaced by a newer one.";
  return why === "ended" ? "It was signed out, or its member was removed." : "Open a sign-in link to use Watchfloor.";
}
