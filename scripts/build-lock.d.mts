/** Runs `work` while nobody else in this folder builds. */
export function alone<T>(path: string, work: () => Promise<T>): Promise<T>;
