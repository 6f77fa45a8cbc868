import { useEffect, useRef, useState } from "react";
import { type LayoutRequest, layOutTeam, type TeamLayout } from "./lay-out-team";

type Answer = { readonly number: number; readonly layout: TeamLayout };

/** The layout of a team, made in a worker; the last one stays until the next is here. null = not made yet. */
export function useTeamLayout(request: LayoutRequest): TeamLayout | null {
  const [layout, setLayout] = useState<TeamLayout | null>(null);
  const worker = useRef<Worker | null>(null);
  const asked = useRef(0);
  // Counts and figures change all the time; places only with who is there and who has to do with whom.
  const question = JSON.stringify(request);
  useEffect(() => {
    worker.current = openWorker();
    return () => worker.current?.terminate();
  }, []);
  useEffect(() => {
    asked.current += 1;
    const number = asked.current;
    const parsed = JSON.parse(question) as LayoutRequest;
    const layOutHere = () => setLayout(layOutTeam(parsed));
    const current = worker.current;
    if (!current) return layOutHere();
    const take = ({ data: answer }: MessageEvent<Answer>) => {
      if (answer.number === number) setLayout(answer.layout);
    };
    current.addEventListener("message", take);
    current.addEventListener("error", layOutHere);
    current.postMessage({ number, request: parsed });
    return () => {
      current.removeEventListener("message", take);
      current.removeEventListener("error", layOutHere);
    };
  }, [question]);
  return layout;
}

function openWorker(): Worker | null {
  try {
    return new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}
