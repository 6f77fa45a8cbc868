/** Why the server does not start, for a person who can mend it: told as one line, without a stack. */
export class StartError extends Error {}
