import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The driver writes a small message in a later turn of the event loop, and forgets to do without when the connection has died until
 * then: the process ends with `Cannot read properties of null (reading 'write')`, or the connection that follows never writes a
 * small message again (github.com/porsager/postgres/issues/1208 and 1154, open in 3.4.9).
 *
 * Between a socket's error and its close, which comes some turns later, it takes queries for that connection and forgets them: they are
 * never answered, the connection that follows waits for their answers, and a pool of one is dead for good. And what the dead
 * connection was told last fails the first query of the one that follows.
 *
 * The bundle has all of it mended; a version whose text is another stops the build, and the tests of `mend-postgres.db.test.ts` say
 * whether it still needs this.
 */
const mends = [
  {
    times: 2,
    from: /^( {4})clearImmediate\(nextWriteTimer\)$/gm,
    to: "$1clearImmediate(nextWriteTimer)\n$1chunk = nextWriteTimer = null",
  },
  {
    times: 1,
    // A transaction goes on sending on the connection that it had. True: the connection is not to be moved among those that are in use.
    from: /^( {2}function execute\(q\) \{)$/gm,
    to: "$1\n    if (socket === null) {\n      queryError(q, Errors.connection('CONNECTION_CLOSED', options))\n      return true\n    }",
  },
  {
    times: 1,
    // Who was told of the error already is not told twice: a promise settles once.
    from: /^ {4}!hadError && (\(query \|\| sent\.length\)) && (error\(Errors\.connection\('CONNECTION_CLOSED', options, socket\)\))$/gm,
    to: "    if $1 $2\n    query = results = errorResponse = null\n    result = new Result()",
  },
];

/** The text of the driver's connection, mended. Throws when it is not the text that the mend was written for. */
export function mended(text) {
  return mends.reduce((source, { times, from, to }) => {
    const found = source.match(from)?.length ?? 0;
    if (found !== times)
      throw new Error(
        `postgres changed: ${from} is there ${found} times, not ${times}. See whether scripts/mend-postgres.mjs is still needed.`,
      );
    return source.replace(from, to);
  }, text);
}

/** For esbuild: takes the driver into the bundle, mended. */
export const mendPostgres = {
  name: "mend-postgres",
  setup(build) {
    // Only its CommonJS form can be asked for here; the sources are beside it.
    const source = join(dirname(createRequire(import.meta.url).resolve("postgres")), "../../src");
    build.onResolve({ filter: /^postgres$/ }, () => ({ path: join(source, "index.js") }));
    build.onLoad({ filter: /[\\/]postgres[\\/]src[\\/]connection\.js$/ }, ({ path }) => ({
      contents: mended(readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
