/** Takes the framing of a chunked transfer off what a socket received; answers the body's pieces as the server wrote them. */
export function chunksOf(received: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let at = received.indexOf("\r\n\r\n") + 4;
  while (at > 3 && at < received.length) {
    const end = received.indexOf("\r\n", at);
    if (end < 0) break;
    const size = Number.parseInt(received.toString("latin1", at, end), 16);
    if (!(size > 0) || end + 2 + size > received.length) break;
    pieces.push(received.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return pieces;
}

/** The ids of the frames in a stream's body, in order. */
export function idsOf(body: string): number[] {
  return [...body.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
}
