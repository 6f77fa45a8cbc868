"use client";
import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { SafeText } from "@/components/ui/safe-text";
import { fieldName } from "@/lib/core/redaction/field-names";

type OwnFieldsProps = {
  readonly fields: readonly string[];
  /** Gives why they were not changed; null = they were. */
  readonly onChange: (fields: string[]) => Promise<Error | null>;
};

/** Fields whose values are taken out whole, by their names. */
export function OwnFields({ fields, onChange }: OwnFieldsProps) {
  const [name, setName] = useState("");
  const known = fields.some((each) => fieldName(each) === fieldName(name));
  const add = async (event: FormEvent) => {
    event.preventDefault();
    setName("");
    // What could not be stored is there again, unless the next one is being typed already.
    if (await onChange([...fields, name.trim()])) setName((since) => (since === "" ? name : since));
  };
  return (
    <div className="px-3 py-2.5">
      {fields.length > 0 && (
        <ul aria-label="Redacted fields" className="mb-2.5 flex flex-wrap gap-1.5">
          {fields.map((field) => (
            <li key={field} className="flex h-7 min-w-0 items-center gap-0.5 rounded-row border pr-1 pl-2 font-code pointer-coarse:h-10">
              <SafeText text={field} clamp={60} />
              <IconButton
                small
                label={`Stop redacting ${field}`}
                needs="admin"
                onClick={() => void onChange(fields.filter((each) => each !== field))}
              >
                <X aria-hidden size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} className="flex flex-wrap items-end gap-2">
        <TextField
          className="max-w-80 flex-1"
          label="Custom fields"
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          placeholder="customer_ssn"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" needs="admin" disabled={fieldName(name) === "" || known}>
          Add field
        </Button>
      </form>
      <p className="mt-1 text-faint text-meta">
        {known && name !== ""
          ? "Already redacted."
          : "Everything in a field with this name, at any depth. Case, dashes and underscores are ignored."}
      </p>
    </div>
  );
}
