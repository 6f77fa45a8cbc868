import { CopyTextButton } from "@/components/ui/copy-button";

/** A secret, the one time it is shown. */
export function SecretBox({ secret, what = "secret" }: { readonly secret: string; readonly what?: string }) {
  return (
    <div className="flex items-center justify-between gap-3 rounded-box border bg-inset py-1.5 pr-1.5 pl-3">
      <code className="min-w-0 break-all font-code">{secret}</code>
      <CopyTextButton size="small" text={secret} what={what} />
    </div>
  );
}
