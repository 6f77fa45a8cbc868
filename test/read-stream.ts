/** A stream under test: everything that came so far as text, and ways to wait for more. */
export type StreamReader = {
  readonly headers: Headers;
  /** Resolves with all text once it contains this. */
  readonly until: (part: string) => Promise<string>;
  /** Resolves with all text when the server ended the stream. */
  readonly end: () => Promise<string>;
  /** The first `count` numeric ids. */
  readonly ids: (count: number) => Promise<number[]>;
  readonly close: () => void;
};

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** Opens an event stream and reads it as text, byte for byte. */
export async function readStream(fetchPath: Fetch, path: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  const abort = new AbortController();
  const reply = await fetchPath(path, { headers, signal: abort.signal });
  if (reply.status !== 200 || !reply.body) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  const reader = reply.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let done = false;
  const more = async () => {
    const next = await reader.read();
    done = next.done;
    if (next.value) text += decoder.decode(next.value, { stream: true });
  };
  const read = async (enough: () => boolean) => {
    while (!enough() && !done) await more();
    if (!enough()) throw new Error(`the stream ended early, after:\n${text}`);
    return text;
  };
  const idsSoFar = () => [...text.matchAll(/^id: (\d+)\n(?:.*\n)*?\n/gm)].map((match) => Number(match[1]));
  return {
    headers: reply.headers,
    until: (part) => {
      let found = false;
      let searched = 0;
      return read(() => {
        found ||= text.includes(part, searched);
        searched = Math.max(0, text.length - part.length);
        return found;
      });
    },
    end: () => read(() => done),
    ids: async (count) => {
      await read(() => idsSoFar().length >= count);
      return idsSoFar().slice(0, count);
    },
    close: () => abort.abort(),
  };
}
