import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { DomainError } from "../errors";
import type { Sink } from "../live/sink";
import type { SocketReply } from "./call";
import { drained } from "./drained";
import { callOf, sendReply } from "./node-adapter";
import { errorReply, handshakeNeeded } from "./respond";

/** A request, its answer, and for a handshake the bytes that came behind it. */
export type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly head?: Buffer };

const pingEveryMs = 20_000;
/** How long a peer may leave pings without an answer. */
const silenceMs = 60_000;
/** Of what a reader says nothing is read; more than this at once ends the connection. */
const maxSaidBytes = 512;
const goingAway = 1001;

/** The connections that are, or are about to be, no HTTP any more. */
export class WebSockets {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: maxSaidBytes, perMessageDeflate: false });
  readonly #sockets = new Map<Duplex, { readonly isOurs: boolean }>();
  #isClosing = false;

  /** Takes a connection over from the HTTP server, which watches neither its errors nor its end any more. */
  hold(socket: Duplex, isOurs: boolean): void {
    this.#sockets.set(socket, { isOurs });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
  }

  /** Shakes hands and starts the reply, or refuses over HTTP. */
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
    // Answers, one way or the other, before it returns.
    this.#server.handleUpgrade(request, socket, head, (peer) => {
      response.detachSocket(socket);
      response.emit("close");
      // What a peer says against the protocol is answered with a close, whose code says what it was.
      peer.on("error", () => {});
      if (this.#isClosing) peer.close(goingAway);
      else serve(peer, socket, reply);
    });
    this.#server.off("wsClientError", refuse);
  }

  /** Tells every reader to come back elsewhere; waits for nobody whose connection is not ours. */
  leave(): void {
    this.#isClosing = true;
    for (const peer of this.#server.clients) peer.close(goingAway);
    for (const [socket, { isOurs }] of this.#sockets) if (!isOurs) socket.destroy();
  }

  /** Ends what is still there. */
  cut(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }
}

/** The answer to a handshake, as long as it is HTTP; null when the connection still waits for the answer to a request before it. */
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
    // Frames that many readers share go out as they are; only pings, pongs and closes are made for this one.
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
