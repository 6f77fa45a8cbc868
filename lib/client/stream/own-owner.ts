import { currentProject } from "../project/current-project";
import { realClock } from "./clock";
import { fetchFor } from "./fetch-for";
import { StreamOwner } from "./owner";
import type { OwnerMessage, TabMessage } from "./protocol";
import type { Tab } from "./tab-table";

/** A stream of this tab's own; it rests while nobody looks at the tab, so that hidden tabs hold no connection. */
export function openOwnOwner(receive: (message: OwnerMessage) => void): (message: TabMessage) => void {
  const owner = new StreamOwner({ origin: "", fetch: fetchFor(currentProject() ?? ""), clock: realClock, random: Math.random });
  const tab: Tab = { send: receive };
  addEventListener("online", () => owner.retry());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") owner.leave(tab);
  });
  return (message) => {
    if (message.type === "retry") owner.retry();
    else if (message.type === "leave") owner.leave(tab);
    else if (document.visibilityState === "visible") owner.watch(tab, message);
  };
}
