import { connect, createServer, type Socket } from "node:net";
import type { ServerAddress } from "../db/client";

/** A session of the database, and the client to which it is lent. */
type Session = { readonly socket: Socket; client: Socket | null };

const terminate = 0x58; // X
const readyForQuery = 0x5a; // Z
const idle = 0x49; // I

/**
 * A pooler in transaction mode before this server, on a port of loopback. Who comes is let in through a session of its own, which from then
 * on is everybody's: each transaction gets the first that is idle.
 */
export async function transactionPooler({ host, port }: ServerAddress): Promise<{ port: number; stop: () => void }> {
  const sessions: Session[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((client) => {
    const own: Session = { socket: connect(`${host}/.s.PGSQL.${port}`), client };
    let isLetIn = false;
    const heard = framed((message) => {
      own.client?.write(message);
      if (message[0] !== readyForQuery || message[5] !== idle) return;
      if (!isLetIn) sessions.push(own);
      isLetIn = true;
      own.client = null;
      waiting.shift()?.();
    });
    own.socket.on("data", heard);
    const say = (message: Buffer): void => {
      if (message[0] === terminate) return;
      const session = sessions.find((one) => one.client === client) ?? sessions.find((one) => one.client === null);
      if (!session) return void waiting.push(() => say(message));
      session.client = client;
      session.socket.write(message);
    };
    const said = framed(say);
    client.on("data", (data) => (isLetIn ? said(data) : own.socket.write(data)));
    for (const socket of [client, own.socket]) socket.on("error", () => {});
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    stop: () => {
      server.close();
      for (const { socket, client } of sessions) [socket, client].forEach((one) => void one?.destroy());
    },
  };
}

/** Calls back with each message of PostgreSQL's protocol: a byte for its kind, four for the length of all but that byte. */
function framed(onMessage: (message: Buffer) => void): (data: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const end = 1 + rest.readInt32BE(1);
      onMessage(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}
