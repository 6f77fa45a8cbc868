import type { RE2JS } from "re2js";

/** Opcodes of RE2's machine, as far as they matter here. */
const ops = { alt: 1, altMatch: 2, emptyWidth: 4, fail: 5, match: 6, firstRune: 8, lastRune: 11 };

type Step = { readonly op: number; readonly out: number; readonly arg: number };
type Program = { readonly inst: readonly Step[]; readonly start: number };

/**
 * Whether finding all matches of a pattern may take quadratic time. A single match never does. But if a match has been found and an
 * optional part may still follow (`EMP-\d+(?: .*END)?`), the machine reads on for it to the end of the text, and does so again
 * after each match. Such a pattern has a loop that can run on without completing a match and that either a match can do without, or
 * that spans several characters, in which two starts may be at different places. In a one-character loop that every match passes
 * through, an earlier start finds whatever a later start finds.
 */
export function looksFar(form: RE2JS): boolean {
  const program = (form.re2() as unknown as { readonly prog: Program }).prog;
  const all = program.inst.map((_, at) => at);
  const loops = loopsOf(
    all.filter((at) => !isAccepting(program, at)),
    program,
  );
  const isOfOne = (loop: ReadonlySet<number>) => [...loop].filter((at) => takesRune(program.inst[at] as Step)).length === 1;
  return loops.some((loop) => !isOfOne(loop) || finds(program, program.start, loop));
}

function nextOf({ op, out, arg }: Step): readonly number[] {
  if (op === ops.match || op === ops.fail) return [];
  return op === ops.alt || op === ops.altMatch ? [out, arg] : [out];
}

function takesRune({ op }: Step): boolean {
  return op >= ops.firstRune && op <= ops.lastRune;
}

/** After this character a match is certain, whatever follows, even if no word or line ends there. */
function isAccepting(program: Program, at: number): boolean {
  const step = program.inst[at] as Step;
  const conditions = program.inst.flatMap((each, index) => (takesRune(each) || each.op === ops.emptyWidth ? [index] : []));
  return takesRune(step) && finds(program, step.out, new Set(conditions));
}

/** Whether a match can be reached from here without these instructions. */
function finds(program: Program, from: number, without: ReadonlySet<number>): boolean {
  return reached(program, from, without).some((at) => program.inst[at]?.op === ops.match);
}

function reached({ inst }: Program, from: number, without: ReadonlySet<number>): number[] {
  const seen = new Set<number>(without.has(from) ? [] : [from]);
  for (const at of seen) for (const next of nextOf(inst[at] as Step)) if (!without.has(next)) seen.add(next);
  return [...seen];
}

/** The instructions that can reach themselves without leaving `among`, each with those that it shares a loop with. */
function loopsOf(among: readonly number[], program: Program): ReadonlySet<number>[] {
  const others = new Set(program.inst.keys());
  for (const at of among) others.delete(at);
  const reach = new Map(
    among.map((at) => [at, new Set(nextOf(program.inst[at] as Step).flatMap((next) => reached(program, next, others)))]),
  );
  return among
    .filter((at) => reach.get(at)?.has(at))
    .map((at) => new Set(among.filter((other) => reach.get(at)?.has(other) && reach.get(other)?.has(at))));
}
