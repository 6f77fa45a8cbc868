"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyTextButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { type KeyScope, keyScopes, type NewApiKey } from "@/lib/client/hooks/use-project";
import { scopeWords } from "./scope-words";

type NewKeyDialogProps = {
  readonly onClose: () => void;
  readonly onCreate: (key: { name: string; scopes: readonly KeyScope[] }) => void;
  readonly pending: boolean;
  readonly error: Error | null;
  /** The key that was just made: its secret is shown this once. */
  readonly made: NewApiKey | null;
};

export function NewKeyDialog({ onClose, onCreate, pending, error, made }: NewKeyDialogProps) {
  if (made)
    return (
      <Dialog open onOpenChange={onClose} title="Copy the key now" description="It is shown this once; only a hash of it is kept.">
        <div className="flex items-center justify-between gap-3 rounded-box border bg-inset py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 break-all font-code">{made.key}</code>
          <CopyTextButton size="small" text={made.key} what="key" />
        </div>
        <div className="mt-4 flex justify-end">
          <Button look="solid" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog open onOpenChange={onClose} title="New API key">
      <KeyForm onCreate={onCreate} onClose={onClose} pending={pending} />
      {error && <ErrorState className="mt-3" title="The key could not be made." error={error} />}
    </Dialog>
  );
}

type KeyFormProps = Pick<NewKeyDialogProps, "onClose" | "onCreate" | "pending">;

function KeyForm({ onCreate, onClose, pending }: KeyFormProps) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly KeyScope[]>(["ingest"]);
  const toggle = (scope: KeyScope) => setScopes(keyScopes.filter((each) => (each === scope) !== scopes.includes(each)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onCreate({ name: name.trim(), scopes });
      }}
    >
      <label className="block">
        <span className="text-meta text-muted">Name</span>
        <input
          required
          data-autofocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Where it will be used"
          className="mt-1 h-8 w-full rounded-box border border-line-strong bg-panel px-2.5 max-md:h-10 max-md:text-[16px]"
        />
      </label>
      <fieldset className="mt-4">
        <legend className="text-meta text-muted">What it may do</legend>
        <div className="mt-1 divide-y rounded-box border">
          {keyScopes.map((scope) => (
            <label key={scope} className="flex h-8 items-center gap-2.5 px-2.5 hover:bg-hover pointer-coarse:h-11">
              <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} className="accent-(--accent)" />
              <span className="flex-1">{scopeWords[scope]}</span>
              <span className="font-code text-faint">{scope}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="mt-4 flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="solid" type="submit" disabled={pending || name.trim() === "" || scopes.length === 0}>
          {pending ? "Making the key" : "Make the key"}
        </Button>
      </div>
    </form>
  );
}
