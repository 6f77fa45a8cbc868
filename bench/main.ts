import { killRounds, soak } from "./kill/kill-rounds";
import { measure } from "./measure";
import { readOptions, UsageError, usage } from "./options";
import { endTogether } from "./process/children";
import { ensureBuilt } from "./process/ensure-built";
import { roleArgument } from "./process/role";
import { play } from "./roles";

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === roleArgument) return play(args[1] ?? "");
  const options = readOptions(args);
  endTogether();
  if (options.command === "help") console.log(usage.trimEnd());
  else if (options.command === "kill") {
    if (!options.asBuilt) ensureBuilt();
    process.exitCode = await (options.minutes === 0 ? killRounds(options) : soak(options));
  } else await measure(options);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof UsageError ? `bench: ${error.message}` : error);
  process.exit(1);
});
