"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { SelectField, TextField } from "@/components/ui/field";
import type { ReplayWish } from "@/lib/client/hooks/use-replays";
import { typedPatterns } from "./event-choices";

type ReplayFormProps = {
  readonly pending: boolean;
  /** One run is replayed whole: there is no range to choose. */
  readonly whole?: boolean;
  readonly onStart: (wish: ReplayWish) => void;
};

const speeds = [
  { value: 0, words: "As fast as possible" },
  { value: 1, words: "As it happened" },
  { value: 10, words: "10 times faster" },
  { value: 60, words: "60 times faster" },
] as const;

/** Which events to send once more, where to, and how fast. */
export function ReplayForm({ pending, whole = false, onStart }: ReplayFormProps) {
  const [since, setSince] = useState("");
  const [until, setUntil] = useState("");
  const [types, setTypes] = useState("");
  const [url, setUrl] = useState("");
  const [speed, setSpeed] = useState<number>(0);
  const [secret, setSecret] = useState("");
  return (
    <form
      aria-label="Replay"
      className={classNames("grid gap-3 sm:grid-cols-2", !whole && "rounded-box border bg-panel p-3 lg:grid-cols-4")}
      onSubmit={(event) => {
        event.preventDefault();
        const patterns = typedPatterns(types);
        onStart({
          webhook_url: url.trim(),
          ...(since === "" ? {} : { since: new Date(since).toISOString() }),
          ...(until === "" ? {} : { until: new Date(until).toISOString() }),
          ...(patterns.length === 0 ? {} : { types: patterns }),
          ...(speed === 0 ? {} : { speed }),
          ...(secret === "" ? {} : { secret }),
        });
      }}
    >
      <TextField
        className="sm:col-span-2"
        label="URL"
        required
        type="url"
        spellCheck={false}
        autoComplete="off"
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        placeholder="https://example.com/replay"
      />
      {!whole && (
        <>
          <TextField label="From (your time)" type="datetime-local" value={since} onChange={(event) => setSince(event.target.value)} />
          <TextField label="Until (your time)" type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
        </>
      )}
      <TextField
        className="sm:col-span-2"
        label="Types"
        spellCheck={false}
        autoComplete="off"
        value={types}
        onChange={(event) => setTypes(event.target.value)}
        placeholder="session.*, agent.created (empty: all)"
      />
      <SelectField label="Speed" value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
        {speeds.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Secret"
        autoComplete="off"
        spellCheck={false}
        minLength={8}
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        placeholder="Empty: unsigned"
      />
      <div className={classNames("flex justify-end sm:col-span-2", !whole && "lg:col-span-4")}>
        <Button look="solid" type="submit" once disabled={pending || url.trim() === ""}>
          {pending ? "Starting replay" : "Start replay"}
        </Button>
      </div>
    </form>
  );
}
