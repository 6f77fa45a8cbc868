"use client";
import { useState } from "react";
import { CheckList } from "@/components/ui/check-list";
import { TextField } from "@/components/ui/field";
import { type KeyScope, keyScopes, type NewApiKey } from "@/lib/client/hooks/use-project";
import { MakeDialog } from "./make-dialog";
import { scopeWords } from "./scope-words";

type NewKeyDialogProps = {
  readonly onClose: () => void;
  readonly onCreate: (key: { name: string; scopes: readonly KeyScope[] }) => void;
  readonly pending: boolean;
  readonly error: Error | null;
  /** The key that was just made. */
  readonly made: NewApiKey | null;
};

const choices = keyScopes.map((value) => ({ value, words: scopeWords[value] }));

export function NewKeyDialog({ onCreate, made, ...dialog }: NewKeyDialogProps) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly KeyScope[]>(["ingest"]);
  return (
    <MakeDialog
      {...dialog}
      title="New API key"
      noun="key"
      made={made && { secret: made.key, what: "key", description: "It is shown only once. Only a hash of it is stored." }}
      ready={name.trim() !== "" && scopes.length > 0}
      onMake={() => onCreate({ name: name.trim(), scopes })}
    >
      <TextField
        label="Name"
        required
        data-autofocus
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
        placeholder="Where it will be used"
      />
      <CheckList title="Scopes" choices={choices} chosen={scopes} onChoose={setScopes} />
    </MakeDialog>
  );
}
