import { expect, test } from "vitest";
import { sampleEvents } from "@/components/welcome/sample-events";
import { dialects } from "@/lib/core/dialect";
import { isRefusal } from "@/lib/dialects/contract";
import { adapters } from "@/lib/dialects/registry";

const at = new Date("2026-03-01T12:00:00Z");

test.each(dialects)("every sample event of %s belongs to its run and is in the catalogue", (dialect) => {
  const adapter = adapters[dialect];
  for (const body of sampleEvents[dialect]({ run: "hello-1", at })) {
    const address = adapter.address({ body });
    expect(isRefusal(address) ? address : address.run).toBe("hello-1");
    expect(adapter.decode({ body }).type).not.toBe("event.unknown");
  }
});

test.each(dialects)("the sample run of %s starts and ends, so that a try leaves nothing running", (dialect) => {
  const types = sampleEvents[dialect]({ run: "hello-1", at }).map((body) => adapters[dialect].decode({ body }).type);
  expect(types[0]).toBe("run.started");
  expect(types.at(-1)).toBe("run.completed");
});
