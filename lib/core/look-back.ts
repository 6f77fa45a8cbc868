import { z } from "zod";

const mostTimes = 100;

/** What something that tells people would have told of, had it been there; `time` is what is known of each time beside when and of what. */
export function lookBackOf<T extends z.ZodRawShape>(time: T) {
  return z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    fired: z.number().int(),
    times: z.array(z.object({ at: z.iso.datetime(), ...time, about: z.string().nullable() })).describe(`the newest ${mostTimes}`),
    basis: z.string().describe("what the result was computed from, if not from everything"),
  });
}

/** The newest first, those of one moment in the order given. */
export function newestTimes<T extends { readonly atMs: number }>(past: readonly T[]) {
  const newest = [...past].sort((a, b) => b.atMs - a.atMs).slice(0, mostTimes);
  return newest.map(({ atMs, ...told }) => ({ at: new Date(atMs).toISOString(), ...told }));
}
