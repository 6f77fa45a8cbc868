/** Why the server does not start, for a person who can fix it: printed as one line, without a stack. */
export class StartError extends Error {}
