import { CopyTextButton } from "@/components/ui/copy-button";
import { verifySnippet } from "./verify-snippet";

/** What a webhook is for, and the few lines with which a receiver checks a message. */
export function WebhookEmpty() {
  return (
    <div className="rounded-box border bg-panel p-4">
      <h3 className="font-medium">No webhooks yet</h3>
      <p className="mt-1 max-w-prose text-muted">
        Your server gets a JSON message when a run starts, fails or ends, an agent asks for approval, or a budget is crossed. A message that
        is not accepted is retried after 1 min, 5 min, 30 min and 2 h. Each is signed. To verify one in Node:
      </p>
      <div className="mt-3 overflow-hidden rounded-box border bg-inset">
        <div className="flex h-8 items-center justify-between border-b pr-1 pl-3 text-faint text-meta pointer-coarse:h-11">
          JavaScript
          <CopyTextButton size="small" look="quiet" text={verifySnippet} what="verification code" />
        </div>
        <pre className="whitespace-pre-wrap p-3 font-code [overflow-wrap:anywhere]">{verifySnippet}</pre>
      </div>
    </div>
  );
}
