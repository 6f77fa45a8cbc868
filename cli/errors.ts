/** What the tool says on one line before it leaves. */
export class CliError extends Error {
  constructor(
    message: string,
    /** 2: it could not be done at all (arguments, no server, key refused, unknown run). */
    readonly exitCode: number = 2,
  ) {
    super(message);
    this.name = "CliError";
  }
}
