"use client";
import type { Ref } from "react";
import { Button } from "@/components/ui/button";
import { Keys } from "@/components/ui/kbd";
import { mostChars, readAtOnceChars } from "@/lib/client/hooks/use-inspect";
import { type Dialect, dialectLabels, dialects } from "@/lib/core/dialect";
import { type InspectExample, inspectExamples } from "./inspect-examples";

export type Draft = { readonly text: string; readonly dialect: Dialect | null; readonly run: string };

type InspectFormProps = {
  readonly draft: Draft;
  readonly onDraft: (changes: Partial<Draft>) => void;
  readonly onExample: (example: InspectExample) => void;
  readonly onRead: () => void;
  readonly boxRef: Ref<HTMLTextAreaElement>;
};

const fieldClass =
  "h-7 min-w-0 rounded-box border border-line-strong bg-panel px-2 hover:bg-inset max-md:h-10 pointer-coarse:h-10 max-md:text-[16px]";

/** Where events are pasted, and how they are to be read. */
export function InspectForm({ draft, onDraft, onExample, onRead, boxRef }: InspectFormProps) {
  return (
    <form
      className="flex min-h-0 flex-col gap-3 p-4 max-lg:shrink-0"
      onSubmit={(event) => {
        event.preventDefault();
        onRead();
      }}
    >
      <fieldset className="flex flex-wrap items-center gap-1.5">
        <legend className="float-left mr-1 py-0.5 text-faint text-meta">Examples</legend>
        {inspectExamples.map((example) => (
          <Button key={example.key} size="small" onClick={() => onExample(example)}>
            {example.label}
          </Button>
        ))}
      </fieldset>
      <textarea
        ref={boxRef}
        aria-label="Events"
        aria-describedby="inspect-size"
        spellCheck={false}
        autoComplete="off"
        placeholder={'{"type": "…"}\n\nOne event, an array, one event per line, or text/event-stream frames.'}
        value={draft.text}
        onChange={(event) => onDraft({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) onRead();
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className="min-h-44 flex-1 resize-none rounded-box border border-line-strong bg-panel p-2.5 font-code placeholder:text-faint max-lg:flex-none max-lg:resize-y max-md:text-[16px]"
      />
      <SizeNote length={draft.text.length} onRead={onRead} />
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-2">
        <label htmlFor="inspect-dialect" className="text-muted">
          Read as
        </label>
        <select
          id="inspect-dialect"
          value={draft.dialect ?? ""}
          onChange={(event) => onDraft({ dialect: dialects.find((dialect) => dialect === event.target.value) ?? null })}
          className={`${fieldClass} font-medium`}
        >
          <option value="">Detect the system</option>
          {dialects.map((dialect) => (
            <option key={dialect} value={dialect}>
              {dialectLabels[dialect]}
            </option>
          ))}
        </select>
        <label htmlFor="inspect-run" className="text-muted">
          Run
        </label>
        <input
          id="inspect-run"
          value={draft.run}
          maxLength={512}
          placeholder="for events that name no run"
          onChange={(event) => onDraft({ run: event.target.value })}
          className={fieldClass}
        />
      </div>
      <p className="text-faint text-meta">Nothing is stored. The code that ingests real events reads the text, then discards it.</p>
    </form>
  );
}

function SizeNote({ length, onRead }: { readonly length: number; readonly onRead: () => void }) {
  const size = `${length.toLocaleString("en")} characters`;
  if (length > mostChars)
    return (
      <p id="inspect-size" role="alert" className="text-failed">
        {size}: the limit is {mostChars.toLocaleString("en")}. Paste fewer events.
      </p>
    );
  if (length > readAtOnceChars)
    return (
      <p id="inspect-size" className="flex items-center gap-2 text-muted">
        {size}: too many to read as you type.
        <Button size="small" look="solid" onClick={onRead}>
          Read
        </Button>
        <Keys keys="mod+↵" />
      </p>
    );
  return (
    <p id="inspect-size" className="sr-only">
      {size}, read as you type.
    </p>
  );
}
