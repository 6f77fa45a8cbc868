/**
 * For how long work is a process's own. What takes long is renewed: one that died is replaced after this time, one that lives renews three
 * times within it.
 */
export const leaseMs = 6_000;
export const renewMs = 2_000;

/** For what is over in a moment and harmless twice: writing down what is decided or asked already. */
export const claimMs = 3_000;

/** Longer than an attempt may take: nobody else sends a test. */
export const testLeaseMs = 60_000;
