import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { DomainError } from "../errors";
import type { Sink } from "../live/sink";
import type { SocketReply } from "./call";
import { drained } from "./drained";
import { callOf, sendReply } from "./node-adapter";
import { errorReply, handshakeNeeded } from "./respond";

/** A request, its response, and for a handshake the bytes that followed it. */
export type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly head?: Buffer };

const pingEveryMs = 20_000;
/** How long a peer may leave pings unanswered. */
const silenceMs = 60_000;
/** What readers send is ignored; a message longer than this ends the connection. */
const maxSaidBytes = 512;
const goingAway = 1001;

/** The connections that have left HTTP, or are about to. */
export class WebSockets {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: maxSaidBytes, perMessageDeflate: false });
  readonly #sockets = new Map<Duplex, { readonly isOurs: boolean }>();
  #isClosing = false;

  /** Takes over a connection from the HTTP server, which no longer watches its errors or its end. */
  hold(socket: Duplex, isOurs: boolean): void {
    this.#sockets.set(socket, { isOurs });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
  }

  /** Completes the handshake and starts the reply, or refuses over HTTP. */
  open({ request, response, head }: Exchange, reply: SocketReply): void {
    if (response.destroyed || response.headersSent) return;
    const { requestId } = callOf(request);
    if (head === undefined) {
      sendReply(request, response, handshakeNeeded(requestId));
      return;
    }
    const refuse = ({ message }: Error) =>
      sendReply(
        request,
        response,
        errorReply(new DomainError("invalid_request", `${message}.`), requestId, { "sec-websocket-version": "13" }),
      );
    const { socket } = request;
    this.#server.once("wsClientError", refuse);
    // Responds, one way or the other, before it returns.
    this.#server.handleUpgrade(request, socket, head, (peer) => {
      response.detachSocket(socket);
      response.emit("close");
      // A protocol violation is answered with a close, whose code tells what it was.
      peer.on("error", () => {});
      if (this.#isClosing) peer.close(goingAway);
      else serve(peer, socket, reply);
    });
    this.#server.off("wsClientError", refuse);
  }

  /** Tells every reader to reconnect elsewhere; does not wait for connections that are not ours. */
  leave(): void {
    this.#isClosing = true;
    for (const peer of this.#server.clients) peer.close(goingAway);
    for (const [socket, { isOurs }] of this.#sockets) if (!isOurs) socket.destroy();
  }

  /** Ends what is still open. */
  cut(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }
}

/** The response to a handshake while it is still HTTP; null when the connection is still waiting for an earlier request's response. */
export function answerTo(request: IncomingMessage, socket: Duplex): ServerResponse | null {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  try {
    response.assignSocket(socket as typeof request.socket);
  } catch {
    return null;
  }
  response.on("finish", () => request.socket.destroySoon());
  return response;
}

function serve(peer: WebSocket, socket: Duplex, reply: SocketReply): void {
  let silentMs = 0;
  const beat = setInterval(() => {
    silentMs += pingEveryMs;
    if (silentMs >= silenceMs) peer.terminate();
    else peer.ping();
  }, pingEveryMs);
  peer.on("pong", () => {
    silentMs = 0;
  });
  peer.on("close", () => clearInterval(beat));
  reply.start(sinkOf(peer, socket));
}

function sinkOf(peer: WebSocket, socket: Duplex): Sink {
  return {
    // Frames shared by many readers go out as they are; only pings, pongs and closes are built per peer.
    write: (frames) => {
      if (peer.readyState === peer.OPEN) socket.write(frames);
    },
    get unsent() {
      return socket.writableLength;
    },
    drained: () => drained(socket),
    end: () => peer.close(),
    cut: () => peer.terminate(),
    get closed() {
      return peer.readyState !== peer.OPEN;
    },
    onClose: (listener) => void peer.on("close", listener),
  };
}
