import { CopyTextButton } from "@/components/ui/copy-button";

type CodeBlockProps = { readonly code: string; readonly what: string };

/** A command to be pasted elsewhere. */
export function CodeBlock({ code, what }: CodeBlockProps) {
  return (
    <div className="relative mt-3 overflow-hidden rounded-box border bg-inset">
      <pre className="overflow-x-auto p-3 pr-24 font-code leading-[18px]">{code}</pre>
      <CopyTextButton size="small" text={code} what={what} className="absolute top-2 right-2" />
    </div>
  );
}
