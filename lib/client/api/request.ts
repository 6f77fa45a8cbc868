import { stringifyExact } from "@/lib/core/exact-json/stringify-exact";
import { currentProject, otherProjectCode, projectHeader, startAnew } from "../project/current-project";
import { takeEarlyAnswer } from "./early-answers";

/** A refusal or failure of the HTTP API, in the API's own words. `status` 0 = the server was not reached. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly code: string,
    message: string,
    readonly detail: {
      readonly status: number;
      readonly requestId: string | null;
      readonly hint: string | null;
      readonly path: string | null;
      /** The whole reply, for what stands beside the error. */
      readonly body?: unknown;
    },
  ) {
    super(message);
  }
  get status(): number {
    return this.detail.status;
  }
  get requestId(): string | null {
    return this.detail.requestId;
  }
  get hint(): string | null {
    return this.detail.hint;
  }
}

export type RequestOptions = {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer holds JSON of others, which is kept as it was written: every literal, repeated keys. */
  readonly exact?: boolean;
};

/** Calls our HTTP API with the browser's session and gives the parsed body. Throws `ApiError`, or the abort reason. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  const text = await response.text();
  // Only what shows the JSON of others needs the exact reader: it is loaded with it.
  const body = parseJson(text, options.exact ? (await import("@/lib/core/exact-json/parse-exact")).parseExact : JSON.parse);
  if (!response.ok) {
    const refusal = refusalOf(response, body);
    if (refusal.code === otherProjectCode) startAnew();
    throw refusal.code === "unavailable" && (options.method ?? "GET") === "GET" ? unreadable(refusal) : refusal;
  }
  return body as T;
}

async function send(path: string, { method = "GET", body, signal, headers }: RequestOptions): Promise<Response> {
  const project = currentProject();
  const meant: Record<string, string> = project === null ? {} : { [projectHeader]: project };
  const init: RequestInit = { method, credentials: "same-origin", headers: { accept: "application/json", ...meant, ...headers } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.body = stringifyExact(body);
    init.headers = { ...(init.headers as Record<string, string>), "content-type": "application/json" };
  }
  try {
    return await (takeEarlyAnswer(path) ?? fetch(path, init));
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("unreachable", "The Watchfloor server did not respond.", {
      status: 0,
      requestId: null,
      hint: "Check that it is running. This page retries by itself.",
      path: null,
    });
  }
}

/** The server's words are for who sends something; who only reads waits. */
function unreadable({ code, detail }: ApiError): ApiError {
  return new ApiError(code, "The database is not responding.", { ...detail, hint: "This page retries by itself." });
}

function parseJson(text: string, parse: (text: string) => unknown): unknown {
  if (text === "") return null;
  try {
    return parse(text);
  } catch {
    return null;
  }
}

function refusalOf(response: Response, body: unknown): ApiError {
  const error = field(body, "error");
  return new ApiError(
    textField(error, "code") ?? `http_${response.status}`,
    textField(error, "message") ?? `The server responded with ${response.status}.`,
    {
      status: response.status,
      requestId: textField(error, "requestId") ?? response.headers.get("x-request-id"),
      hint: textField(error, "hint"),
      path: textField(error, "path"),
      body,
    },
  );
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function textField(value: unknown, key: string): string | null {
  const found = field(value, key);
  return typeof found === "string" && found !== "" ? found : null;
}
