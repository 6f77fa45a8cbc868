import { stringifyExact } from "@/lib/core/exact-json";
import { noteRead } from "../approvals/note-receipt";
import type { Call } from "../http/call";
import type { StoredEvent } from "./append/plan";
import type { CachedRun } from "./append/run-cache";

type Listing = {
  readonly before: string;
  readonly after: (count: number) => string;
  readonly pages: AsyncIterable<readonly StoredEvent[]>;
  /** What to write for an event; null = leave it out. */
  readonly written: (stored: StoredEvent) => unknown;
};

/** Writes a list of events as JSON, event by event. */
export async function* listJson({ before, after, pages, written }: Listing): AsyncGenerator<string> {
  yield before;
  let count = 0;
  for await (const page of pages) {
    let text = "";
    for (const stored of page) {
      const value = written(stored);
      if (value === null) continue;
      text += `${count === 0 ? "" : ","}${stringifyExact(value)}`;
      count += 1;
    }
    yield text;
  }
  yield after(count);
}

/** Passes the pages through and records that their reader has received the decisions in them. */
export async function* noting(
  { principal }: Pick<Call, "principal">,
  run: CachedRun,
  pages: AsyncIterable<StoredEvent[]>,
): AsyncGenerator<StoredEvent[]> {
  for await (const page of pages) {
    noteRead(principal, run, page);
    yield page;
  }
}
