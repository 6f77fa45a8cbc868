import type { HttpConnection } from "./http-connection";

/** Sends one request and gives the text of its answer. Throws on any status but 2xx. */
export async function exchange(connection: HttpConnection, bytes: string): Promise<string> {
  const { status, body } = await connection.request(bytes);
  const text = body.toString("utf8");
  if (status < 200 || status > 299)
    throw new Error(`${bytes.slice(0, bytes.indexOf(" HTTP"))} was answered ${status}: ${text.slice(0, 300)}`);
  return text;
}
