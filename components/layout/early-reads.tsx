"use client";
import { useServerInsertedHTML } from "next/navigation";
import { useState } from "react";

type EarlyReadsProps = { readonly script: string; readonly nonce: string | null };

/** Begins what the page will read first while its scripts are still on their way. Only where the page comes as HTML: no part of its tree. */
export function EarlyReads({ script, nonce }: EarlyReadsProps) {
  const [written] = useState({ is: false });
  useServerInsertedHTML(() => {
    if (written.is) return null;
    written.is = true;
    // biome-ignore lint/security/noDangerouslySetInnerHtml: written by us, with every address as JSON
    return <script nonce={nonce ?? undefined} dangerouslySetInnerHTML={{ __html: script }} />;
  });
  return null;
}
