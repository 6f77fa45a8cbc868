"use client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/figures";
import { Renamable } from "@/components/ui/renamable";
import { SafeText } from "@/components/ui/safe-text";
import type { Member } from "@/lib/client/hooks/use-members";
import { type Role, roles, roleWords } from "@/lib/core/members/roles";

type MemberTableProps = {
  readonly members: readonly Member[];
  /** Which of them looks at this; null = none. */
  readonly ownId: string | null;
  /** Whether names, roles, links and removal are offered. */
  readonly mayManage: boolean;
  readonly pending: boolean;
  readonly onRole: (member: Member, role: Role) => void;
  /** `done` is called when the member has the name. */
  readonly onName: (member: Member, name: string, done: () => void) => void;
  readonly onLink: (member: Member) => void;
  readonly onRemove: (member: Member) => void;
};

/** The people of the project: who, what they may do, when they were here. */
export function MemberTable({ members, ownId, mayManage, ...acts }: MemberTableProps) {
  return (
    <div className="overflow-x-auto rounded-box border bg-panel">
      <table aria-label="Members" className="w-full text-left max-lg:table-fixed">
        <thead className="text-faint text-meta max-lg:sr-only">
          <tr className="border-b [&>th]:h-8 [&>th]:px-3 [&>th]:font-normal">
            <th>Name</th>
            <th className="max-lg:hidden">Role</th>
            <th className="text-right max-lg:hidden">Last seen</th>
            <th className="text-right max-lg:hidden">Since</th>
            {mayManage && (
              <th className="max-lg:w-24">
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Row key={member.id} member={member} isOwn={member.id === ownId} mayManage={mayManage} {...acts} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = Omit<MemberTableProps, "members" | "ownId"> & { readonly member: Member; readonly isOwn: boolean };

function Row({ member, isOwn, mayManage, pending, onRole, onName, onLink, onRemove }: RowProps) {
  const { name } = member;
  const role = <RoleOf member={member} fixed={!mayManage || isOwn} pending={pending} onRole={(next) => onRole(member, next)} />;
  return (
    <tr className="border-b last:border-b-0 [&>td]:h-9 [&>td]:px-3 max-lg:[&>td]:py-2.5">
      <td className="max-w-64 max-lg:align-top">
        <span className="flex min-w-0 items-center gap-2">
          <NameOf member={member} isOwn={isOwn} fixed={!mayManage} pending={pending} onName={(next, done) => onName(member, next, done)} />
        </span>
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-meta text-muted lg:hidden">
          {role}
          <span>
            {member.lastSeenAt === null ? "never signed in" : "seen "}
            {member.lastSeenAt !== null && <RelativeTime at={member.lastSeenAt} />}
          </span>
        </span>
      </td>
      <td className="max-lg:hidden">{role}</td>
      <td className="text-right max-lg:hidden">
        <RelativeTime at={member.lastSeenAt} missing="never signed in" />
      </td>
      <td className="text-right text-muted max-lg:hidden" title={`invited by ${member.createdBy}`}>
        <RelativeTime at={member.createdAt} />
      </td>
      {mayManage && (
        <td className="w-px text-right max-lg:align-top">
          <span className="inline-flex gap-1.5 max-lg:flex-col">
            <Button size="small" disabled={pending} aria-label={`New link for ${name}`} onClick={() => onLink(member)}>
              New link
            </Button>
            <Button
              size="small"
              look="danger"
              disabled={pending}
              aria-label={isOwn ? "Leave this project" : `Remove ${name}`}
              onClick={() => onRemove(member)}
            >
              {isOwn ? "Leave" : "Remove"}
            </Button>
          </span>
        </td>
      )}
    </tr>
  );
}

type NameOfProps = {
  readonly member: Member;
  readonly isOwn: boolean;
  readonly fixed: boolean;
  readonly pending: boolean;
  readonly onName: (name: string, done: () => void) => void;
};

function NameOf({ member: { name }, isOwn, fixed, pending, onName }: NameOfProps) {
  const words = (
    <>
      <span className="truncate font-medium" title={name}>
        <SafeText text={name} />
      </span>
      {isOwn && <Badge>you</Badge>}
    </>
  );
  if (fixed) return words;
  return (
    <Renamable name={name} pending={pending} onName={onName}>
      {words}
    </Renamable>
  );
}

type RoleOfProps = {
  readonly member: Member;
  /** Said, and not to be chosen. */
  readonly fixed: boolean;
  readonly pending: boolean;
  readonly onRole: (role: Role) => void;
};

function RoleOf({ member: { name, role }, fixed, pending, onRole }: RoleOfProps) {
  if (fixed) return <Badge title={roleWords[role]}>{role}</Badge>;
  return (
    <select
      aria-label={`Role of ${name}`}
      title={roleWords[role]}
      disabled={pending}
      value={role}
      onChange={(event) => onRole(roles.find((each) => each === event.target.value) ?? role)}
      className="h-6 rounded-box border border-line-strong bg-panel px-1 text-ink hover:bg-inset pointer-coarse:h-10"
    >
      {roles.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}
