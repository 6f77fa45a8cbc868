// `server-only` throws outside a React server build; tests of lib/server are exactly that.
export {};
