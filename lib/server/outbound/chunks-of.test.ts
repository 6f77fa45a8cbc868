import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, it } from "vitest";
import { chunksOf } from "./chunks-of";

function reply(): IncomingMessage {
  return new IncomingMessage(new Socket());
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it.each([
  ["long chunks", 64 * 1024],
  ["many short ones", 10],
])("a source whose %s are not read is held back", async (_, bytes) => {
  const source = reply();
  const chunks = chunksOf(source)[Symbol.asyncIterator]();
  for (let n = 0; n < 80 && !source.isPaused(); n += 1) {
    source.push(Buffer.alloc(bytes));
    await turn();
  }
  expect(source.isPaused()).toBe(true);
  let held = 0;
  for (let n = 0; n < 4; n += 1) held += (await chunks.next()).value?.length ?? 0;
  expect(held).toBe(4 * bytes);
  await chunks.return?.();
});

it("long chunks are held back before they are a megabyte together", async () => {
  const source = reply();
  const chunks = chunksOf(source)[Symbol.asyncIterator]();
  let pushed = 0;
  while (!source.isPaused()) {
    source.push(Buffer.alloc(64 * 1024));
    pushed += 64 * 1024;
    await turn();
  }
  expect(pushed).toBeLessThan(1024 * 1024);
  await chunks.return?.();
});
