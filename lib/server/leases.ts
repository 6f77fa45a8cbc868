/**
 * How long a process owns a piece of work. Long work is renewed: a process that died is replaced after this time, one that lives renews
 * three times within it.
 */
export const leaseMs = 6_000;
export const renewMs = 2_000;

/** For work that takes a moment and is harmless to repeat: recording what was already decided or requested. */
export const claimMs = 3_000;

/** Longer than an attempt may take, so nobody else sends a test. */
export const testLeaseMs = 60_000;
