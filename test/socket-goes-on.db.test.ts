import { afterAll, beforeAll, expect, it } from "vitest";
import { readSocket } from "./read-socket";
import { type RealServer, type RealServers, realServers } from "./real-server";

let servers: RealServers;
beforeAll(async () => {
  servers = await realServers();
});
afterAll(() => servers.stop());

const event = (seq: number) => ({ workflow_id: "wf-moves", type: "AGENT_THINKING", seq, message: `${seq}` });
const follow = ({ port, key }: RealServer, more = "") =>
  readSocket(`http://127.0.0.1:${port}/api/v1/stream/ws?workflow_id=wf-moves${more}`, { headers: { "x-api-key": key } });

it("a reader whose server is stopped is told to go, and goes on at the next server behind the last event that it has", async () => {
  const first = await servers.start("machine-1");
  await first.send("/events", [event(1), event(2)]);
  const reader = await follow(first);
  const last = (await reader.messages(2))[1];
  // It says goodbye to nobody: the server must not wait for it for ever.
  const deaf = await follow(first);
  deaf.peer.pause();
  const stopped = await first.stop();
  expect([await reader.closed, stopped.code]).toEqual([1001, 0]);
  expect(stopped.ms).toBeLessThan(10_000);
  deaf.peer.terminate();

  const second = await servers.start("machine-2");
  await second.send("/events", [event(3), event(4)]);
  const again = await follow(second, `&last_event_id=${last?.stream_id}`);
  expect((await again.messages(2)).map(({ seq }) => seq)).toEqual([3, 4]);
  again.peer.terminate();
});
