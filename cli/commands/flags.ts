const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const connection = { url: text, key: text, help: { ...flag, short: "h" } } as const;
const door = { ...connection, dialect: text, run: text, source: text, format: text } as const;

/** What each command takes; all of it stands in the help. */
export const flags = {
  tail: {
    ...connection,
    json: flag,
    types: text,
    from: text,
    "no-follow": flag,
    "follow-latest": flag,
    all: flag,
    utc: flag,
  },
  tee: { ...door, "buffer-mb": text, "drain-seconds": text },
  send: door,
  link: connection,
} as const;
