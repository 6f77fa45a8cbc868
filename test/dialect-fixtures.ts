import { readdirSync, readFileSync } from "node:fs";
import type { CanonicalEvent } from "@/lib/core/events/canonical";
import type { Address, Incoming } from "@/lib/dialects/contract";

/** One example of the wire with what must be read from it. */
export type FixtureCase = {
  readonly file: string;
  readonly name: string;
  readonly incoming: Incoming;
  readonly address: Omit<Address, "run"> & { readonly run?: string | null };
  readonly event: CanonicalEvent;
};

/** Every case of every JSON file in a fixtures folder, so that none can lie there unread. */
export function dialectFixtures(folder: URL): readonly FixtureCase[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      if (!file.endsWith(".json")) throw new Error(`${file} is no fixture`);
      const cases = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as readonly Omit<FixtureCase, "file">[];
      if (cases.length === 0) throw new Error(`${file} holds no case`);
      return cases.map((each) => ({ file, ...each }));
    });
}
