/** A signed-in browser without pages: what its requests are. */
export type Browser = {
  /** Of its session, as a header. */
  readonly cookie: string;
  /** A request as one of our pages makes it; a path, and JSON. */
  readonly ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
};

/** Opens a sign-in link at the server of this address. */
export async function signIn(url: string, link: string): Promise<Browser> {
  const reply = await fetch(link, { redirect: "manual" });
  const cookie = (reply.headers.get("set-cookie") ?? "").split(";")[0] as string;
  return {
    cookie,
    ask: (method, path, body, headers = {}) =>
      fetch(url + path, {
        method,
        redirect: "manual",
        headers: { cookie, origin: url, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}
