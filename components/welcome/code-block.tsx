import { CopyTextButton } from "@/components/ui/copy-button";

type CodeBlockProps = { readonly code: string; readonly what: string };

/** A command to be pasted into a shell. */
export function CodeBlock({ code, what }: CodeBlockProps) {
  return (
    <div className="mt-3 overflow-hidden rounded-box border bg-panel">
      <div className="flex h-8 items-center justify-between border-b pr-1 pl-3 text-faint text-meta pointer-coarse:h-11">
        Shell
        <CopyTextButton size="small" look="quiet" text={code} what={what} />
      </div>
      <pre className="whitespace-pre-wrap p-3 font-code [overflow-wrap:anywhere]">{code}</pre>
    </div>
  );
}
