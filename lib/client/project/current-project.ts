/** The project that this page was drawn for; null outside pages of a project. The layout writes it down. */
export function currentProject(): string | null {
  return typeof document === "undefined" ? null : (document.querySelector<HTMLElement>("[data-project]")?.dataset.project ?? null);
}

/** The server refuses a tab whose browser has gone to another project since. */
export const projectHeader = "x-watchfloor-project";
export const otherProjectCode = "other_project";

const channelName = "watchfloor.project";

/** Where this page goes next: it hears its own word, and refusals of what it asked before, and must not be led astray by them. */
let nextPath = "/runs";

/** Tells the other tabs of this browser that it has gone to this project, and goes there itself: to its runs, or to `path`. */
export function enterProject(projectId: string, path = nextPath): void {
  nextPath = path;
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(projectId);
  channel.close();
  startAnew();
}

/** Calls back when another tab took this browser to another project than this page's. */
export function onProjectLeft(own: string, left: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener("message", ({ data: projectId }) => projectId !== own && left());
  return () => channel.close();
}

/** A whole new page: nothing that was read for the other project may stay in memory. */
export function startAnew(): void {
  location.assign(nextPath);
}
