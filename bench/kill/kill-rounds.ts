import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../process/free-port";
import { startProduct } from "../process/product";
import { addFaults, type Faults, isFaultless, noFaults } from "./audit";
import { playDrain } from "./drain";
import { faultOf, stopLeftPostgres } from "./faults";
import { createRandom, type Random } from "./random";
import { auditAll, playRound } from "./round";
import type { RunLedger } from "./run-ledger";
import { playTwoProcesses } from "./two-processes";

const deploys = 3;

type Total = { acked: number; readonly faults: Faults };

/** All of it again and again, each time with the next seed, for as many minutes; the seed of what failed is told and plays it again. */
export async function soak({ rounds, seed, minutes }: { rounds: number; seed: number; minutes: number }): Promise<number> {
  const until = performance.now() + minutes * 60_000;
  for (let turn = seed; ; turn++) {
    console.log(`turn with --seed ${turn}`);
    if ((await killRounds({ rounds, seed: turn })) !== 0) return 1;
    if (performance.now() >= until) return 0;
  }
}

/** Plays the rounds; answers the exit code: 0 when nothing that was acknowledged was lost, doubled or out of its place. */
export async function killRounds({ rounds, seed }: { rounds: number; seed: number }): Promise<number> {
  const total: Total = { acked: 0, faults: noFaults() };
  try {
    await playKills({ rounds, seed, total });
    await playLast("two servers", total, () => inFolder((dir) => playTwoProcesses(dir, roundRandom(seed, rounds))));
    // Deploy after deploy: each is a start on what the one before left.
    await inFolder(async (dir) => {
      for (let deploy = 1; deploy <= deploys; deploy++)
        await playLast(`SIGTERM ${deploy}`, total, () => playDrain(dir, `drain-${deploy}`, roundRandom(seed, rounds + deploy)));
    });
  } catch (error) {
    console.error(error);
    console.error(`failed with seed ${seed}`);
    return 1;
  }
  console.log(`acked ${total.acked}, ${told(total.faults)}`);
  if (isFaultless(total.faults)) return 0;
  console.error(`failed with seed ${seed}`);
  return 1;
}

function told({ lost, holes, doubled, strange, uneven }: Faults): string {
  return `lost ${lost}, holes ${holes}, doubled ${doubled}, strange ${strange}, uneven totals ${uneven}`;
}

function roundRandom(seed: number, round: number): Random {
  return createRandom(seed * 10_007 + round);
}

async function inFolder<T>(play: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "wf-kill-"));
  try {
    return await play(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** All kills happen to one data folder, so that at the end everything that was ever acknowledged is counted once more. */
function playKills({ rounds, seed, total }: { rounds: number; seed: number; total: Total }): Promise<void> {
  return inFolder(async (dataDir) => {
    const port = await freePort();
    const restart = () => startProduct({ dataDir, port });
    let product = await restart();
    const ledgers: RunLedger[] = [];
    try {
      for (let round = 0; round < rounds; round++) {
        const from = performance.now();
        const kind = faultOf(round);
        const played = await playRound({ product, restart, kind, name: `round-${round}`, random: roundRandom(seed, round) });
        product = played.product;
        const { acked, resent, faults } = played.result;
        ledgers.push(...played.result.ledgers);
        total.acked += acked;
        addFaults(total.faults, faults);
        const seconds = ((performance.now() - from) / 1_000).toFixed(1);
        console.log(
          `round ${round + 1}, seed ${seed}, killed ${kind}: acked ${acked}, sent again ${resent}, ${told(faults)} (${seconds} s)`,
        );
      }
      const faults = await auditAll(product, ledgers);
      addFaults(total.faults, faults);
      console.log(`all ${ledgers.length} runs once more: ${told(faults)}`);
    } finally {
      await product.stop();
      stopLeftPostgres(dataDir);
    }
  });
}

async function playLast(name: string, total: Total, play: () => Promise<{ acked: number; faults: Faults; remark: string }>): Promise<void> {
  const { acked, faults, remark } = await play();
  total.acked += acked;
  addFaults(total.faults, faults);
  console.log(`${name}: acked ${acked}, ${told(faults)}; ${remark}`);
}
