import { z } from "zod";
import { readJson } from "../connection/request";
import type { Connection } from "../connection/settings";
import { type Io, write } from "../io";
import { plainText } from "../render/plain-text";

const SignInLink = z.object({ url: z.string() });

/** Prints a fresh sign-in link for a browser. */
export async function link(io: Io, connection: Connection): Promise<number> {
  const answer = await readJson(connection, "/api/sign-in-links", { method: "POST", signal: io.signal, schema: SignInLink });
  await write(io.stdout, `${plainText(new URL(answer.url, connection.url).href)}\n`);
  return 0;
}
