"use client";
import { Send } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { later } from "@/components/ui/later";

const ResendDialog = later(() => import("./resend-dialog").then((module) => module.ResendDialog));

/** Opens what sends the run's events to an address once more. */
export function ResendButton({ runId }: { readonly runId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label="Resend this run's events" needs="admin" className="max-sm:hidden" onClick={() => setOpen(true)}>
        <Send size={15} />
      </IconButton>
      {open && <ResendDialog runId={runId} onClose={() => setOpen(false)} />}
    </>
  );
}
