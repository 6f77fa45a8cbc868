"use client";
import { Pencil } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { IconButton } from "./icon-button";
import { NameForm } from "./name-form";

type RenamableProps = {
  readonly name: string;
  readonly pending: boolean;
  /** `done` is called when it has the name. */
  readonly onName: (name: string, done: () => void) => void;
  /** How it looks while nobody renames it. */
  readonly children: ReactNode;
};

/** What has a name in a row of a list, and a button that lets it be given another one in its place, for admins. */
export function Renamable({ name, pending, onName, children }: RenamableProps) {
  const [renaming, setRenaming] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const left = useRef(false);
  useEffect(() => {
    // The focus comes back to where it was when the form took its place.
    if (left.current && !renaming) button.current?.focus();
    left.current = renaming;
  }, [renaming]);
  const close = () => setRenaming(false);
  if (renaming)
    return (
      <NameForm
        label={`New name for ${name}`}
        action="Rename"
        initial={name}
        pending={pending}
        onName={(next) => onName(next, close)}
        onCancel={close}
      />
    );
  return (
    <>
      {children}
      <IconButton
        ref={button}
        small
        className="pointer-coarse:-my-2.5 pointer-coarse:size-10"
        label={`Rename ${name}`}
        needs="admin"
        onClick={() => setRenaming(true)}
      >
        <Pencil size={13} />
      </IconButton>
    </>
  );
}
