"use client";
import { Check, MessageSquareReply, Pencil, ShieldCheck, X } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Keys } from "@/components/ui/kbd";
import type { Deciding, Wanted } from "@/lib/client/hooks/use-decide";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { Approval } from "@/lib/core/api/approval";
import type { ApprovalAction } from "@/lib/core/approvals/words";
import { AnswerForm } from "./answer-form";
import { DenyForm, EditForm } from "./decide-forms";
import { AllowForm } from "./standing/allow-form";

type DecideBarProps = {
  readonly approval: Approval;
  readonly deciding: Deciding;
  /** False until every argument was drawn: nobody approves what they could not see. */
  readonly mayApprove: boolean;
  /** Nothing that is pressed counts yet. */
  readonly asleep: boolean;
  readonly onDecided?: (id: string) => void;
  /** Out of sight while a decision is on its way: what was typed is there again when it is refused. */
  readonly hidden?: boolean;
  readonly className?: string;
};

type Mode = "choose" | "deny" | "edit" | "answer" | "allow";

/** Approve, deny, edit or answer: whatever the request allows, by button and by key. */
export function DecideBar({ approval, deciding, mayApprove, asleep, onDecided, hidden = false, className }: DecideBarProps) {
  const first: Mode = approval.choices !== null && approval.actions.includes("answer") ? "answer" : "choose";
  const [mode, setMode] = useState<Mode>(first);
  const { decide, isPending, reset } = deciding;
  const can = (action: ApprovalAction) => approval.actions.includes(action);
  const mayAllow = can("approve") && approval.tool !== null;
  const send = (wanted: Wanted) => {
    onDecided?.(approval.id);
    decide(wanted);
  };
  const open = (next: Mode) => {
    reset();
    setMode(next);
  };
  const approve = () => {
    if (mayApprove && !isPending) send({ decision: "approve" });
  };
  const shortcuts = [
    ...(can("approve") ? [{ keys: "a", label: "Approve", run: ({ repeat }: KeyboardEvent) => !repeat && approve() }] : []),
    ...(can("deny") ? [{ keys: "d", label: "Deny", run: () => open("deny") }] : []),
    ...(can("edit") && mayApprove ? [{ keys: "e", label: "Edit and approve", run: () => open("edit") }] : []),
    ...(mayAllow && mayApprove ? [{ keys: "n", label: "Approve and allow similar", run: () => open("allow") }] : []),
    ...(can("answer") ? [{ keys: "r", label: "Answer", run: () => open("answer") }] : []),
  ];
  const bar = useRef<HTMLDivElement>(null);
  const close = () => {
    open(first);
    // The button that led here is drawn again with the next paint, and the keyboard goes on from it.
    requestAnimationFrame(() => bar.current?.querySelector<HTMLElement>(`[data-opens=${mode}]`)?.focus());
  };
  // While a form is open a single key that decides would pass over what was set in it.
  const back = [{ keys: "Escape", label: "Back", run: close }];
  useShortcuts("This request", mode === first ? shortcuts : back, !hidden && !asleep);
  const form = { approval, pending: isPending, onDecide: send, onClose: close };
  return (
    <div ref={bar} hidden={hidden} inert={asleep} className={classNames(hidden ? "hidden" : "flex flex-col gap-2", className)}>
      {mode === "deny" && <DenyForm {...form} />}
      {mode === "edit" && <EditForm {...form} />}
      {mode === "allow" && (
        <AllowForm
          approval={approval}
          pending={isPending}
          onAllow={(standing) => send({ decision: "approve", standing })}
          onClose={close}
        />
      )}
      {mode === "answer" && <AnswerForm {...form} {...(can("deny") ? { onDeny: () => open("deny") } : {})} />}
      {mode === "choose" && (
        <div className="flex flex-wrap gap-2 max-md:[&>button]:flex-1">
          {can("approve") && (
            <Button
              look="solid"
              size="large"
              disabled={isPending || !mayApprove}
              title={mayApprove ? undefined : "Show all the arguments first"}
              onClick={approve}
            >
              <Check aria-hidden size={15} />
              Approve
              <Key of="a" onSolid />
            </Button>
          )}
          {can("answer") && (
            <Button data-opens="answer" look="solid" size="large" disabled={isPending} onClick={() => open("answer")}>
              <MessageSquareReply aria-hidden size={15} />
              Answer
              <Key of="r" onSolid />
            </Button>
          )}
          {can("deny") && (
            <Button data-opens="deny" look="danger" size="large" disabled={isPending} onClick={() => open("deny")}>
              <X aria-hidden size={15} />
              Deny
              <Key of="d" />
            </Button>
          )}
          {can("edit") && (
            <Button data-opens="edit" size="large" disabled={isPending || !mayApprove} onClick={() => open("edit")}>
              <Pencil aria-hidden size={14} />
              Edit
              <Key of="e" />
            </Button>
          )}
          {mayAllow && (
            <Button data-opens="allow" size="large" disabled={isPending || !mayApprove} onClick={() => open("allow")}>
              <ShieldCheck aria-hidden size={14} />
              Allow similar
              <Key of="n" />
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Key({ of, onSolid = false }: { readonly of: string; readonly onSolid?: boolean }) {
  return (
    <span aria-hidden className="pointer-coarse:hidden max-md:hidden">
      <Keys keys={of} onSolid={onSolid} />
    </span>
  );
}
