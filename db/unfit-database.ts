/** A database that Watchfloor cannot work with, or an address of one. The message is one line for who runs it, and repeats no secret. */
export class UnfitDatabaseError extends Error {}
