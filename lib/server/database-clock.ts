/** What a machine says of the time, in milliseconds. Either may be wrong: `wallMs` is set by people and programs, `upMs` stands still in sleep. */
export type MachineClock = {
  /** Since 1970, whole. */
  readonly wallMs: () => number;
  /** Since some moment, never set. */
  readonly upMs: () => number;
};

const ownMachine: MachineClock = { wallMs: () => Date.now(), upMs: () => performance.now() };

/** By so much the machine's two clocks may differ over the time between two answers of the database. */
const jumpMs = 1_000;

/**
 * The time by which all servers of one database go: the database's. It is this machine's own clock, moved by no more than the database's
 * answers prove it wrong, so that a server beside its database goes by the machine's clock exactly. Locks, deadlines and pauses that one
 * server writes and another reads compare then, whatever their machines are set to (docs/decisions/0029).
 */
export class DatabaseClock {
  readonly #machine: MachineClock;
  #aheadMs = 0;
  /** The time at the last answer, and the machine's then. */
  #told: { readonly ms: number; readonly upMs: number };

  constructor(machine: MachineClock = ownMachine) {
    this.#machine = machine;
    this.#told = { ms: machine.wallMs(), upMs: machine.upMs() };
  }

  get upMs(): number {
    return this.#machine.upMs();
  }

  /** Milliseconds since 1970, whole. */
  readonly now = (): number => {
    const shown = this.#machine.wallMs() + this.#aheadMs;
    const counted = this.#told.ms + this.#machine.upMs() - this.#told.upMs;
    // The machine was set, or slept. The next answer tells the time; until then nothing runs out.
    return Math.round(Math.abs(shown - counted) < jumpMs ? shown : counted);
  };

  /** The database has said what its time is, to a question that went out when the machine was `askedAtUpMs` up. */
  hear(databaseMs: number, askedAtUpMs: number): void {
    const upMs = this.#machine.upMs();
    // It read its clock some time between question and answer.
    const earliest = Math.floor(databaseMs);
    const latest = Math.ceil(databaseMs + upMs - askedAtUpMs);
    const ms = Math.min(Math.max(this.now(), earliest), latest);
    this.#aheadMs = ms - this.#machine.wallMs();
    this.#told = { ms, upMs };
  }
}
