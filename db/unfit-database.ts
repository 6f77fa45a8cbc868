/** A database, or its address, that Watchfloor cannot work with. The message is one line for the operator and repeats no secret. */
export class UnfitDatabaseError extends Error {}
