import pino from "pino";
import { describe, expect, it } from "vitest";
import { WakefulLoop } from "./wakeful-loop";

/** Rounds that end when the test says so. */
function heldRounds(outcome: (round: number) => boolean | Error = () => false) {
  const begun: (() => void)[] = [];
  const state = { rounds: 0, together: 0, most: 0 };
  const round = async () => {
    state.rounds += 1;
    const number = state.rounds;
    state.together += 1;
    state.most = Math.max(state.most, state.together);
    await new Promise<void>((resolve) => begun.push(resolve));
    state.together -= 1;
    const result = outcome(number);
    if (result instanceof Error) throw result;
    return result;
  };
  const endRound = async () => {
    begun.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const loop = new WakefulLoop({ name: "test", round, everyMs: 1_000_000, log: pino({ level: "silent" }) });
  return { loop, state, endRound };
}

describe("a loop", () => {
  it("runs one round at a time, and one more for everything that woke it meanwhile", async () => {
    const { loop, state, endRound } = heldRounds();
    loop.start();
    for (let n = 0; n < 5; n++) loop.wake();
    await endRound();
    expect(state).toMatchObject({ rounds: 2, most: 1 });
    await endRound();
    expect(state).toMatchObject({ rounds: 2, together: 0 });
    await loop.stop();
  });

  it("begins a round by itself now and then: a wake-up may be lost", async () => {
    let loop: WakefulLoop | undefined;
    await new Promise<void>((third) => {
      let rounds = 0;
      const round = async () => {
        rounds += 1;
        if (rounds === 3) third();
        if (rounds === 2) throw new Error("the database is gone");
        return false;
      };
      loop = new WakefulLoop({ name: "test", round, everyMs: 1, log: pino({ level: "silent" }) });
      loop.start();
    });
    await loop?.stop();
  });

  it("goes on at once while there is more", async () => {
    const { loop, state, endRound } = heldRounds((round) => round < 3);
    loop.start();
    for (let n = 0; n < 3; n++) await endRound();
    expect(state).toMatchObject({ rounds: 3, together: 0 });
    await loop.stop();
  });

  it("survives a round that fails, without spinning", async () => {
    const { loop, state, endRound } = heldRounds((round) => (round === 1 ? new Error("the database is gone") : false));
    loop.start();
    loop.wake();
    await endRound();
    expect(state.rounds).toBe(1);
    loop.wake();
    expect(state.rounds).toBe(2);
    await endRound();
    await loop.stop();
  });

  it("does nothing before its start and after its end, and its end waits for the round", async () => {
    const { loop, state, endRound } = heldRounds();
    loop.wake();
    expect(state.rounds).toBe(0);
    loop.start();
    const ended = loop.stop().then(() => state.together);
    await endRound();
    expect(await ended).toBe(0);
    loop.wake();
    expect(state.rounds).toBe(1);
  });
});
