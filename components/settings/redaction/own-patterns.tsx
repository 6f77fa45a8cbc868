"use client";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { SafeText } from "@/components/ui/safe-text";
import type { OwnPattern, RedactionPolicy } from "@/lib/core/redaction/policy";
import { PatternDialog } from "./pattern-dialog";

type OwnPatternsProps = {
  readonly policy: RedactionPolicy;
  /** Gives why they were not changed; null = they were. */
  readonly onChange: (patterns: OwnPattern[]) => Promise<Error | null>;
};

/** Regular expressions of the project's own. */
export function OwnPatterns({ policy, onChange }: OwnPatternsProps) {
  const [making, setMaking] = useState(false);
  const { patterns } = policy;
  return (
    <div className="px-3 py-2.5">
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1 text-meta text-muted">Custom patterns</p>
        <Button size="small" needs="admin" disabled={patterns.length >= 10} onClick={() => setMaking(true)}>
          <Plus aria-hidden size={13} />
          New pattern
        </Button>
      </div>
      {patterns.length === 0 && (
        <p className="text-faint text-meta">None yet. A pattern redacts numbers and names specific to you, like EMP-\d{"{6}"}.</p>
      )}
      {patterns.length > 0 && (
        <ul aria-label="Redacted patterns" className="mt-1">
          {patterns.map(({ name, pattern }) => (
            <li key={name} className="flex min-h-8 items-center gap-3">
              <span className="w-32 shrink-0 truncate font-medium">
                <SafeText text={name.slice(0, 40)} />
              </span>
              <span className="min-w-0 flex-1 truncate font-code text-muted">
                <SafeText text={pattern} clamp={200} />
              </span>
              <IconButton
                label={`Delete pattern ${name}`}
                needs="admin"
                onClick={() => void onChange(patterns.filter((each) => each.name !== name))}
              >
                <Trash2 aria-hidden size={14} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {making && (
        <PatternDialog
          policy={policy}
          onClose={() => setMaking(false)}
          onAdd={async (pattern) => {
            const failure = await onChange([...patterns, pattern]);
            if (failure === null) setMaking(false);
            return failure;
          }}
        />
      )}
    </div>
  );
}
