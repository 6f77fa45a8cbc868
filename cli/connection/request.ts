import { z } from "zod";
import { parseExact } from "@/lib/core/exact-json";
import { CliError } from "../errors";
import { plainText } from "../render/plain-text";
import { type Backoff, backoffMs, defaultBackoff, pause, retryAfterMs } from "./backoff";
import type { Connection } from "./settings";

/** The network failed before an answer came: nobody listens, or the connection broke. */
export class Unreachable extends CliError {
  constructor(connection: Connection, reason: string) {
    super(`no answer from ${connection.url} (${reason}); start the server with \`npm start\`, or set another one with --url`);
    this.name = "Unreachable";
  }
}

/** The server answered, and the answer was no. */
export class Refused extends CliError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "Refused";
  }
}

export type RequestOptions = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
};

/** One request with the key. Answers any status; throws Unreachable where there was no answer. */
export async function request(connection: Connection, path: string, options: RequestOptions = {}): Promise<Response> {
  const headers = new Headers(options.headers);
  if (connection.key !== undefined) headers.set("authorization", `Bearer ${connection.key}`);
  let response: Response;
  try {
    response = await fetch(connection.url + path, {
      method: options.method ?? "GET",
      headers,
      redirect: "manual",
      ...(options.body !== undefined && { body: options.body }),
      ...(options.signal !== undefined && { signal: options.signal }),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable(connection, reasonOf(error));
  }
  if (response.status < 300 || response.status > 399) return response;
  await response.body?.cancel();
  throw new CliError(redirection(connection, path, response.headers.get("location") ?? ""));
}

/** The key goes to the address that it was given for and no further: where that sends on is for a human to say. */
function redirection({ url }: Connection, path: string, location: string): string {
  const target = URL.canParse(location, url + path) ? new URL(location, url + path).href : "elsewhere";
  const shown = target.endsWith(path) ? target.slice(0, -path.length) : target;
  return `${url} redirects to ${plainText(shown)}; if that is the server, set it with --url`;
}

export type PatientOptions = RequestOptions & { readonly backoff?: Backoff; readonly onRetry?: (waitMs: number) => void };

/** As `request`, but waits while the server says it is too busy (429, 503). Other refusals are thrown. */
export async function requestPatiently(connection: Connection, path: string, options: PatientOptions = {}): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await request(connection, path, options);
    if (response.ok) return response;
    if (response.status !== 503 && response.status !== 429) throw await refusal(connection, response);
    await response.body?.cancel();
    const waitMs = retryAfterMs(response.headers) ?? backoffMs(options.backoff ?? defaultBackoff, attempt);
    options.onRetry?.(waitMs);
    if (!(await pause(waitMs, options.signal))) options.signal?.throwIfAborted();
  }
}

/** A JSON answer in the shape that `schema` promises. */
export async function readJson<Shape extends z.ZodType>(
  connection: Connection,
  path: string,
  options: PatientOptions & { readonly schema: Shape },
): Promise<z.output<Shape>> {
  const response = await requestPatiently(connection, path, options);
  const parsed = options.schema.safeParse(
    await response
      .text()
      .then(parseExact)
      .catch(() => undefined),
  );
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new CliError(`${connection.url}${path} did not reply like a Watchfloor server${where === "" ? "" : ` (at ${where})`}`);
}

const ErrorBody = z.object({ error: z.object({ message: z.string(), hint: z.string().optional() }) });

/** The refusal in one line: what was refused, in the server's words, and what to do about a key. */
export async function refusal(connection: Connection, response: Response): Promise<Refused> {
  const body = ErrorBody.safeParse(await response.json().catch(() => undefined));
  const words = body.success ? plainText([body.data.error.message, body.data.error.hint ?? ""].join(" ")) : `status ${response.status}`;
  if (response.status === 401 && connection.key === undefined) {
    return new Refused(401, `${connection.url} needs a key: pass --key, or set WATCHFLOOR_API_KEY`);
  }
  if (response.status === 401 || response.status === 403) {
    return new Refused(response.status, `${connection.url} rejected the key: ${words}`);
  }
  return new Refused(response.status, `${connection.url}: ${words}`);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED") return "connection refused";
  return cause instanceof Error ? plainText(cause.message) : "network error";
}
