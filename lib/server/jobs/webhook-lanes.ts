import type { ClaimedDelivery } from "../webhooks/attempt-delivery";
import type { Room } from "../webhooks/claim-deliveries";

type Lane = {
  readonly waiting: ClaimedDelivery[];
  running: number;
  /** Total text length of waiting and running deliveries. */
  chars: number;
  struggling: boolean;
};

export type LaneLimits = {
  /** Sent at once to one receiver; and to one that fails or is slow. */
  readonly running: number;
  readonly struggling: number;
  /** Sent at once in total. */
  readonly total: number;
  /** Claimed ahead for one receiver, so that not every delivery needs a claim. */
  readonly ahead: number;
  /** Text held for one receiver: beyond this, nothing is claimed for it. */
  readonly chars: number;
};

const defaultLimits: LaneLimits = { running: 32, struggling: 4, total: 512, ahead: 64, chars: 8 * 1024 * 1024 };

/** One lane per receiver: what it was given, what is under way, and how it has been doing. */
export class WebhookLanes {
  readonly #lanes = new Map<string, Lane>();
  readonly #limits: LaneLimits;
  #running = 0;

  constructor(limits: Partial<LaneLimits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  get running(): number {
    return this.#running;
  }

  /** How many more deliveries each of these receivers can take now. */
  rooms(webhooks: readonly { projectId: string; webhookId: string }[]): Room[] {
    return webhooks.flatMap(({ projectId, webhookId }) => {
      const lane = this.#lanes.get(webhookId);
      const most = lane?.struggling ? this.#limits.struggling : this.#limits.ahead;
      const waiting = lane?.waiting.length ?? 0;
      const chars = this.#limits.chars - (lane?.chars ?? 0);
      return waiting <= most / 2 && chars > 0 ? [{ projectId, webhookId, room: most - waiting, chars }] : [];
    });
  }

  add(deliveries: readonly ClaimedDelivery[]): void {
    for (const delivery of deliveries) {
      const lane = this.#lanes.get(delivery.webhookId) ?? { waiting: [], running: 0, chars: 0, struggling: false };
      this.#lanes.set(delivery.webhookId, lane);
      lane.waiting.push(delivery);
      lane.chars += delivery.body.length;
    }
  }

  /** Takes the next deliveries that may be sent, one from each lane in turn; a lane whose next delivery may not begin waits. */
  take(mayBegin: (delivery: ClaimedDelivery) => boolean = () => true): ClaimedDelivery[] {
    const taken: ClaimedDelivery[] = [];
    for (const [webhookId, lane] of this.#lanes) {
      if (this.#running >= this.#limits.total) break;
      const most = lane.struggling ? this.#limits.struggling : this.#limits.running;
      const [next] = lane.waiting;
      if (lane.running >= most || !next || !mayBegin(next)) continue;
      lane.waiting.shift();
      lane.running += 1;
      this.#running += 1;
      taken.push(next);
      // Moves to the end, where this loop reaches it again: the other lanes also come first when capacity becomes free later.
      this.#lanes.delete(webhookId);
      this.#lanes.set(webhookId, lane);
    }
    return taken;
  }

  /** An attempt ended. A receiver that fails keeps few connections until it answers well again. */
  done({ webhookId, body }: Pick<ClaimedDelivery, "webhookId" | "body">, well: boolean): void {
    const lane = this.#lanes.get(webhookId);
    if (!lane) return;
    lane.running -= 1;
    lane.chars -= body.length;
    this.#running -= 1;
    lane.struggling = !well;
    if (well && lane.running === 0 && lane.waiting.length === 0) this.#lanes.delete(webhookId);
  }

  /** Whether some lane's next delivery may not begin. */
  isHeldUp(mayBegin: (delivery: ClaimedDelivery) => boolean): boolean {
    return [...this.#lanes.values()].some(({ waiting: [next] }) => next !== undefined && !mayBegin(next));
  }

  /** Removes and returns those of these that have not begun. */
  letGo(ids: ReadonlySet<string>): ClaimedDelivery[] {
    return [...this.#lanes.values()].flatMap((lane) => {
      const gone = lane.waiting.filter(({ id }) => ids.has(id));
      if (gone.length > 0) lane.waiting.splice(0, lane.waiting.length, ...lane.waiting.filter(({ id }) => !ids.has(id)));
      return forgotten(lane, gone);
    });
  }

  /** Removes and returns everything claimed but not begun. */
  giveBack(): ClaimedDelivery[] {
    return [...this.#lanes.values()].flatMap((lane) => forgotten(lane, lane.waiting.splice(0)));
  }
}

function forgotten(lane: Lane, deliveries: ClaimedDelivery[]): ClaimedDelivery[] {
  for (const { body } of deliveries) lane.chars -= body.length;
  return deliveries;
}
