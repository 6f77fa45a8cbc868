"use client";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useMe } from "@/lib/client/hooks/use-me";
import { type Member, useMembers } from "@/lib/client/hooks/use-members";
import { useRefusal } from "@/lib/client/hooks/use-refusal";
import { oneOfRole } from "@/lib/core/members/role-refusal";
import { Section } from "../section";
import { InviteDialog } from "./invite-dialog";
import { LinkDialog, RemoveMemberDialog } from "./member-dialogs";
import { MemberTable } from "./member-table";

type Asked = { readonly what: "link" | "remove"; readonly member: Member };

/** Settings > Members: who may come in, and what they may do. */
export function MembersSection() {
  const { list, invite, change, link, remove } = useMembers();
  const ownId = useMe().data?.member?.id ?? null;
  const mayManage = useRefusal("admin") === null;
  const [inviting, setInviting] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = (what: Asked["what"], member: Member) => {
    if (what === "link") link.mutate(member.id);
    setAsked({ what, member });
  };
  const close = () => {
    setAsked(null);
    link.reset();
  };
  const removed = ({ name }: Member) => {
    close();
    toast({ text: `${name} is no longer a member.` });
  };
  return (
    <Section
      title="Members"
      hint="Who can sign in and what each can do. Names are shown next to what they decide."
      action={
        <Button look="solid" needs="admin" onClick={() => setInviting(true)}>
          <UserPlus aria-hidden size={14} />
          Invite member
        </Button>
      }
    >
      {list.error && (
        <ErrorState className="mb-3" title="The members could not be loaded." error={list.error} onRetry={() => void list.refetch()} />
      )}
      {change.error && <ErrorState className="mb-3" title="The member could not be changed." error={change.error} />}
      {list.isPending && <SkeletonRows rows={2} className="rounded-box border bg-panel" />}
      {list.data?.length === 0 && (
        <p className="rounded-box border bg-panel p-3 text-muted">
          No members yet. Everyone who signs in appears as "local owner". Invite those who watch runs and answer requests: each signs in
          with a link and has their own name and role.
        </p>
      )}
      {list.data && list.data.length > 0 && (
        <MemberTable
          members={list.data}
          ownId={ownId}
          mayManage={mayManage}
          pending={change.isPending}
          onRole={({ id, name }, role) =>
            change.mutate({ id, role }, { onSuccess: () => toast({ text: `${name} is now ${oneOfRole(role)}.`, tone: "good" }) })
          }
          onName={({ id }, name, done) => change.mutate({ id, name }, { onSuccess: done })}
          onLink={(member) => ask("link", member)}
          onRemove={(member) => ask("remove", member)}
        />
      )}
      {inviting && (
        <InviteDialog
          pending={invite.isPending}
          error={invite.error}
          made={invite.data ?? null}
          onInvite={(wanted) => invite.mutate(wanted)}
          onClose={() => {
            setInviting(false);
            invite.reset();
          }}
        />
      )}
      {asked?.what === "link" && <LinkDialog member={asked.member} url={link.data?.url ?? null} error={link.error} onClose={close} />}
      {asked?.what === "remove" && (
        <RemoveMemberDialog
          member={asked.member}
          isOwn={asked.member.id === ownId}
          mutation={remove}
          onConfirm={() =>
            remove.mutate({ id: asked.member.id, self: asked.member.id === ownId }, { onSuccess: () => removed(asked.member) })
          }
          onClose={close}
        />
      )}
    </Section>
  );
}
