import { useEffect } from "react";
import { onProjectLeft, startAnew } from "../project/current-project";

/** Leaves this page when another tab takes the browser to another project. */
export function useOneProject(projectId: string): void {
  useEffect(() => onProjectLeft(projectId, startAnew), [projectId]);
}
