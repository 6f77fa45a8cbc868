import { type LayoutRequest, layOutTeam } from "./lay-out-team";

/** Lays teams out beside the page; each answer carries the number of its question. */
addEventListener("message", ({ data: asked }: MessageEvent<{ readonly number: number; readonly request: LayoutRequest }>) => {
  postMessage({ number: asked.number, layout: layOutTeam(asked.request) });
});
