/** The machine's clocks, in milliseconds. Either may be wrong: `wallMs` can be set by people and programs, `upMs` stops during sleep. */
export type MachineClock = {
  /** Whole milliseconds since 1970. */
  readonly wallMs: () => number;
  /** Since an arbitrary moment; never set. */
  readonly upMs: () => number;
};

const ownMachine: MachineClock = { wallMs: () => Date.now(), upMs: () => performance.now() };

/** How far the machine's two clocks may drift apart between two answers from the database. */
const jumpMs = 1_000;

/**
 * The time that all servers of one database share: the database's. It is this machine's own clock, corrected only as far as the database's
 * answers prove it wrong, so a server beside its database follows the machine's clock exactly. Locks, deadlines and pauses that one server
 * writes and another reads are therefore comparable, whatever their machines are set to (docs/decisions/0029).
 */
export class DatabaseClock {
  readonly #machine: MachineClock;
  #aheadMs = 0;
  /** The time at the last answer, and the machine's uptime then. */
  #told: { readonly ms: number; readonly upMs: number };

  constructor(machine: MachineClock = ownMachine) {
    this.#machine = machine;
    this.#told = { ms: machine.wallMs(), upMs: machine.upMs() };
  }

  get upMs(): number {
    return this.#machine.upMs();
  }

  /** Whole milliseconds since 1970. */
  readonly now = (): number => {
    const shown = this.#machine.wallMs() + this.#aheadMs;
    const counted = this.#told.ms + this.#machine.upMs() - this.#told.upMs;
    // The machine's clock was set, or it slept. The next answer gives the time; until then nothing expires.
    return Math.round(Math.abs(shown - counted) < jumpMs ? shown : counted);
  };

  /** Takes in the database's time, from a query that was sent when the machine's uptime was `askedAtUpMs`. */
  hear(databaseMs: number, askedAtUpMs: number): void {
    const upMs = this.#machine.upMs();
    // The database read its clock some time between query and answer.
    const earliest = Math.floor(databaseMs);
    const latest = Math.ceil(databaseMs + upMs - askedAtUpMs);
    const ms = Math.min(Math.max(this.now(), earliest), latest);
    this.#aheadMs = ms - this.#machine.wallMs();
    this.#told = { ms, upMs };
  }
}
