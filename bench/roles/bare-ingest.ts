import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Announce } from "../process/role";

const answer = '{"accepted":1}';

/** The measure for ingest: a node:http server that reads a body, parses it and forgets it. Serves until it is stopped. */
export function bareIngest(announce: Announce<{ port: number }>): Promise<never> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      JSON.parse(Buffer.concat(chunks).toString("utf8"));
      response.writeHead(200, { "content-type": "application/json", "content-length": answer.length });
      response.end(answer);
    });
  });
  server.listen(0, "127.0.0.1", () => announce({ port: (server.address() as AddressInfo).port }));
  return new Promise(() => {});
}
