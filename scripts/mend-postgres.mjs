import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/**
 * What the driver does wrong, mostly when a connection dies (3.4.9). The bundle has it mended; a version whose text is another stops the build, and
 * the tests of `mend-postgres.db.test.ts` say whether it still needs this
 * (docs/decisions/0022-a-mended-driver.md).
 */
const mends = {
  "connection.js": [
    {
      // It writes a small message in a later turn of the event loop, and forgets to do without when the connection has died until then: the
      // process ends with `Cannot read properties of null (reading 'write')`, or the connection that follows never writes a
      // small message again (github.com/porsager/postgres/issues/1208 and 1154).
      times: 2,
      from: /^( {4})clearImmediate\(nextWriteTimer\)$/gm,
      to: "$1clearImmediate(nextWriteTimer)\n$1chunk = nextWriteTimer = null",
    },
    {
      // A transaction goes on sending on the connection that it had. True: the connection is not to be moved among those that are in use.
      times: 1,
      from: /^( {2}function execute\(q\) \{)$/gm,
      to: "$1\n    if (socket === null) {\n      queryError(q, Errors.connection('CONNECTION_CLOSED', options))\n      return true\n    }",
    },
    {
      // Between a socket's error and its close, which comes some turns later, it takes queries for that connection and forgets them: they are
      // never answered, the connection that follows waits for their answers, and a pool of one is dead for good. (Who was told of the
      // error already is not told twice: a promise settles once.) And what the dead connection was told last is taken for
      // the beginning of the first answer of the one that follows. Where it died before it could be used, its only question was its own.
      times: 1,
      from: /^ {4}if \(initial\)\n {6}return reconnect\(\)\n\n {4}!hadError && (\(query \|\| sent\.length\)) && (error\(Errors\.connection\('CONNECTION_CLOSED', options, socket\)\))$/gm,
      to: "    if (!initial && $1) $2\n    rows = 0\n    query = results = errorResponse = null\n    result = new Result()\n\n    if (initial)\n      return reconnect()\n",
    },
    {
      // A query that cannot be written, behind one that is under way: that one was told the error, and everybody behind got the answer before
      // theirs.
      times: 1,
      from: /^ {6}sent\.length === 0 && write\(Sync\)\n {6}errored\(error\)$/gm,
      to: "      if (query !== q) {\n        sent.remove(q)\n        queryError(q, error)\n        return true\n      }\n$&",
    },
    {
      // A connection that is reset while it is asked for its types ends the process: nobody hears of that question.
      times: 1,
      from: /^( {4}`\], \[\], execute\))$/gm,
      to: "$1.catch(() => [])",
    },
  ],
  "index.js": [
    {
      // A transaction whose connection died goes on sending when that has been opened again: into whatever transaction has it then,
      // or before the connection is ready, which answers everybody behind with the answer before theirs.
      times: 1,
      from: /^( {6}, prepare = null)$/gm,
      to: "$1\n      , died = null",
    },
    {
      times: 1,
      from: /^( {8}new Promise\(\(_, reject\) => connection\.onclose = )reject\)$/gm,
      to: "$1error => {\n          died = error\n          while (queries.length)\n            queries.shift().reject(error)\n          reject(error)\n        })",
    },
    {
      times: 1,
      from: /^( {8})q\.catch\(e => uncaughtError \|\| \(uncaughtError = e\)\)$/gm,
      to: "$&\n$1if (died)\n$1  return q.reject(died)",
    },
  ],
};

/** The text of a file of the driver, mended. Throws when it is not the text that the mend was written for. */
function mended(file, text) {
  return mends[file].reduce((source, { times, from, to }) => {
    const found = source.match(from)?.length ?? 0;
    if (found !== times)
      throw new Error(
        `postgres has changed: ${file} contains ${from} ${found} times instead of ${times}. Check whether scripts/mend-postgres.mjs is still needed.`,
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
    build.onLoad({ filter: /[\\/]postgres[\\/]src[\\/](?:connection|index)\.js$/ }, ({ path }) => ({
      contents: mended(basename(path), readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
