"use client";
import { Plus } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "./button";

const longestName = 80;

type NameFormProps = {
  readonly label: string;
  readonly action: string;
  readonly initial: string;
  readonly pending: boolean;
  readonly onName: (name: string) => void;
  readonly onCancel?: () => void;
};

/** A name in a row of a list: a new one, or with `onCancel` (also Escape) another one. */
export function NameForm({ label, action, initial, pending, onName, onCancel }: NameFormProps) {
  const [name, setName] = useState(initial);
  const input = useRef<HTMLInputElement>(null);
  const takesPlace = onCancel !== undefined;
  useEffect(() => {
    if (takesPlace) input.current?.select();
  }, [takesPlace]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onName(name.trim());
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5 py-1">
      <input
        ref={input}
        aria-label={label}
        placeholder={label}
        maxLength={longestName}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !onCancel) return;
          event.stopPropagation();
          onCancel();
        }}
        className="h-7 min-w-36 flex-1 rounded-box border border-line-strong bg-panel px-2 max-md:h-10 pointer-coarse:h-10 max-md:text-[16px]"
      />
      <Button type="submit" disabled={pending || name.trim() === ""}>
        {!onCancel && <Plus aria-hidden size={14} />}
        {action}
      </Button>
      {onCancel && (
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </form>
  );
}
