/** The browser takes the types of what the server checks, not what checks it: 45 kB, which also try `eval` and are refused by the page. */
const schemas = ["zod"];

/**
 * The house: what each room may import, and what it must not reach even through others or by type.
 * A file belongs to the first room whose `files` matches it. `packages` and `node` are absent where anything goes;
 * `neverLoads` = packages that must not be loaded with it, be it through others.
 */
export const rooms = [
  {
    name: "lib/core",
    files: /^lib\/core\//,
    rooms: ["lib/core"],
    packages: ["zod"],
    node: false,
    neverReaches: [
      "lib/dialects",
      "db",
      "lib/server",
      "lib/server/http",
      "lib/client",
      "lib/client/hooks",
      "components",
      "app",
      "app client",
      "cli",
      "node",
    ],
  },
  {
    name: "lib/dialects",
    files: /^lib\/dialects\//,
    rooms: ["lib/core", "lib/dialects"],
    packages: ["zod"],
    node: false,
    neverReaches: [
      "db",
      "lib/server",
      "lib/server/http",
      "lib/client",
      "lib/client/hooks",
      "components",
      "app",
      "app client",
      "cli",
      "node",
    ],
  },
  {
    name: "db",
    files: /^db\//,
    rooms: ["db", "lib/core"],
    packages: ["drizzle-orm", "postgres", "zod"],
    neverReaches: ["app", "app client", "components", "lib/server", "lib/server/http", "lib/client", "lib/client/hooks"],
  },
  {
    name: "lib/server/http",
    files: /^lib\/server\/http\//,
    rooms: ["lib/core", "lib/dialects", "lib/server", "lib/server/http", "db"],
    withoutPackages: ["react", "react-dom"],
    neverReaches: ["app", "app client", "components", "lib/client", "lib/client/hooks"],
  },
  {
    name: "lib/server",
    files: /^lib\/server\//,
    rooms: ["lib/core", "lib/dialects", "lib/server", "lib/server/http", "db"],
    withoutPackages: ["next", "react", "react-dom"],
    neverReaches: ["app", "app client", "components", "lib/client", "lib/client/hooks"],
  },
  {
    name: "lib/client/hooks",
    files: /^lib\/client\/hooks\//,
    rooms: ["lib/core", "lib/client", "lib/client/hooks"],
    packages: ["react", "@tanstack/react-query", "eventsource-parser", "nuqs", "zod"],
    neverLoads: schemas,
    node: false,
    neverReaches: ["db", "lib/server", "lib/server/http", "lib/dialects", "app", "app client", "node"],
  },
  {
    name: "lib/client",
    files: /^lib\/client\//,
    rooms: ["lib/core", "lib/client", "lib/client/hooks"],
    packages: ["react", "@tanstack/react-query", "eventsource-parser", "nuqs", "zod"],
    neverLoads: schemas,
    node: false,
    neverReaches: ["db", "lib/server", "lib/server/http", "lib/dialects", "app", "app client", "node"],
  },
  {
    name: "components",
    files: /^components\//,
    rooms: ["lib/core", "lib/client/hooks", "components"],
    withoutPackages: ["drizzle-orm", "postgres", "pino", "prom-client", "server-only"],
    neverLoads: schemas,
    node: false,
    neverReaches: ["db", "lib/server", "lib/server/http", "lib/dialects", "app", "app client", "node"],
  },
  {
    name: "app client",
    files: /^app\/(.*\/)?client\.tsx$/,
    rooms: ["lib/core", "lib/client/hooks", "components"],
    withoutPackages: ["drizzle-orm", "postgres", "pino", "prom-client", "server-only"],
    neverLoads: schemas,
    node: false,
    neverReaches: ["db", "lib/server", "lib/server/http", "lib/dialects", "app", "node"],
  },
  {
    name: "app",
    files: /^app\//,
    rooms: [
      "app",
      "app client",
      "components",
      "lib/core",
      "lib/dialects",
      "lib/server",
      "lib/server/http",
      "lib/client",
      "lib/client/hooks",
    ],
    withoutPackages: ["drizzle-orm", "postgres"],
    // lib/server is the only door to db.
    neverReaches: [],
  },
  {
    name: "cli",
    files: /^cli\//,
    rooms: ["cli", "lib/core"],
    neverReaches: [
      "db",
      "lib/server",
      "lib/server/http",
      "lib/client",
      "lib/client/hooks",
      "lib/dialects",
      "app",
      "app client",
      "components",
    ],
  },
  {
    name: "demo",
    files: /^demo\//,
    rooms: ["demo", "cli", "lib/core", "lib/dialects"],
    neverReaches: ["db", "lib/server", "lib/server/http", "lib/client", "lib/client/hooks", "app", "app client", "components"],
  },
  {
    name: "the process",
    files: /^server\.ts$/,
    rooms: ["lib/core", "lib/dialects", "lib/server", "lib/server/http", "db"],
    neverReaches: ["app", "app client", "components", "lib/client", "lib/client/hooks"],
  },
];

/** Folders whose files are read. Tests, what only they use, and the launcher of the terminal tool may look anywhere; nothing may import them. */
export const folders = ["app", "components", "lib", "db", "cli", "demo"];
export const files = ["server.ts"];
export const outside = /\.test\.tsx?$|\/testing\/|^cli\/watchfloor\.mjs$/;
