import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

/** `text`: headers and body. */
export type ReceivedMail = { readonly from: string; readonly to: readonly string[]; readonly text: string };

export type SmtpReceiver = {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** Resolves once there are this many. */
  readonly until: (count: number) => Promise<readonly ReceivedMail[]>;
  readonly stop: () => Promise<void>;
};

/** A mail server on the loopback interface that speaks as much of RFC 5321 as a sender needs; `refuse` names recipients that it turns away. */
export async function startSmtpReceiver(options: { refuse?: readonly string[] } = {}): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  const took = (mail: ReceivedMail) => {
    mails.push(mail);
    for (const check of waiting) check();
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("close", () => sockets.delete(socket)));
    converse(socket, { refuse: options.refuse ?? [], took });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const until = (count: number) =>
    new Promise<readonly ReceivedMail[]>((resolve) => {
      const check = () => {
        if (mails.length < count) return;
        waiting.delete(check);
        resolve(mails);
      };
      waiting.add(check);
      check();
    });
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    until,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As a reader sees it (RFC 2045, section 6.7): where its lines were broken on the way says nothing about it. */
function decoded(text: string): string {
  if (!/^Content-Transfer-Encoding: quoted-printable$/im.test(text)) return text;
  return text.replaceAll("=\n", "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

function converse(socket: Socket, given: { readonly refuse: readonly string[]; readonly took: (mail: ReceivedMail) => void }): void {
  const mail = { from: "", to: [] as string[], lines: null as string[] | null };
  const say = (line: string) => socket.write(`${line}\r\n`);
  let rest = "";
  const take = (line: string) => {
    if (mail.lines !== null) {
      if (line !== ".") return void mail.lines.push(line.startsWith("..") ? line.slice(1) : line);
      given.took({ from: mail.from, to: mail.to, text: decoded(mail.lines.join("\n")) });
      Object.assign(mail, { from: "", to: [], lines: null });
      return say("250 2.0.0 taken");
    }
    const address = /<(.*)>/.exec(line)?.[1] ?? "";
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO") return say("250 receiver.test");
    if (verb === "MAIL") {
      mail.from = address;
      return say("250 2.1.0 sender ok");
    }
    if (verb === "RCPT") {
      if (given.refuse.includes(address)) return say("550 5.1.1 no such mailbox");
      mail.to.push(address);
      return say("250 2.1.5 recipient ok");
    }
    if (verb === "DATA") {
      mail.lines = [];
      return say("354 go ahead");
    }
    if (verb === "QUIT") return void socket.end("221 2.0.0 bye\r\n");
    say("250 2.0.0 ok");
  };
  say("220 receiver.test ESMTP");
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    const lines = (rest + chunk.toString("utf8")).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
}
