"use client";
import { useState } from "react";
import { SelectField, TextField } from "@/components/ui/field";
import type { Invited } from "@/lib/client/hooks/use-members";
import { type Role, roles, roleWords } from "@/lib/core/members/roles";
import { MakeDialog } from "../make-dialog";
import { linkWords } from "./link-words";

type InviteDialogProps = {
  readonly onClose: () => void;
  readonly onInvite: (member: { name: string; role: Role }) => void;
  readonly pending: boolean;
  readonly error: Error | null;
  /** Who was just invited. */
  readonly made: Invited | null;
};

export function InviteDialog({ onInvite, made, ...dialog }: InviteDialogProps) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("operator");
  return (
    <MakeDialog
      {...dialog}
      title="Invite member"
      noun="link"
      made={made && { secret: made.url, what: "link", description: linkWords(made.member.name) }}
      ready={name.trim() !== ""}
      onMake={() => onInvite({ name: name.trim(), role })}
    >
      <TextField
        label="Name"
        hint="Shown next to everything they decide."
        required
        data-autofocus
        maxLength={80}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <SelectField
        label="Role"
        hint={roleWords[role]}
        value={role}
        onChange={(event) => setRole(roles.find((each) => each === event.target.value) ?? role)}
      >
        {roles.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </SelectField>
    </MakeDialog>
  );
}
