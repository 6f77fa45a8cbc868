import type { Connection, OwnerMessage } from "../protocol";
import type { Tab } from "../tab-table";

type Wait = { readonly met: () => boolean; readonly resolve: () => void };

/** A tab that remembers what it was told. */
export class ListeningTab implements Tab {
  readonly messages: OwnerMessage[] = [];
  readonly #waits = new Set<Wait>();

  readonly send = (message: OwnerMessage): void => {
    this.messages.push(message);
    for (const wait of this.#waits) {
      if (!wait.met()) continue;
      this.#waits.delete(wait);
      wait.resolve();
    }
  };

  get connection(): Connection | undefined {
    return this.messages.filter((message) => message.type === "connection").at(-1)?.connection;
  }

  seqs(runId: string): number[] {
    return this.messages.flatMap((message) =>
      message.type === "events" && message.runId === runId ? message.events.map((event) => event.seq) : [],
    );
  }

  /** Resolves when the condition holds, looked at whenever the tab is told something. */
  until(met: () => boolean): Promise<void> {
    if (met()) return Promise.resolve();
    return new Promise((resolve) => this.#waits.add({ met, resolve }));
  }

  live(): Promise<void> {
    return this.until(() => this.connection?.status === "live");
  }
}
