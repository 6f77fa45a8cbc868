import { z } from "zod";

const mostTimes = 100;

/**
 * What something that notifies people would have reported, had it existed; `time` is what is known of each occurrence besides its time and
 * subject.
 */
export function lookBackOf<T extends z.ZodRawShape>(time: T) {
  return z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    fired: z.number().int(),
    times: z.array(z.object({ at: z.iso.datetime(), ...time, about: z.string().nullable() })).describe(`the newest ${mostTimes}`),
    basis: z.string().describe("what the result was computed from, if not from everything"),
  });
}

/** Newest first; entries of the same moment keep their order. */
export function newestTimes<T extends { readonly atMs: number }>(past: readonly T[]) {
  const newest = [...past].sort((a, b) => b.atMs - a.atMs).slice(0, mostTimes);
  return newest.map(({ atMs, ...told }) => ({ at: new Date(atMs).toISOString(), ...told }));
}
