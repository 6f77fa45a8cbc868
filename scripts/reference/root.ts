/** The repository: this file and the bundle that it goes into both lie two folders below. */
export const root = new URL("../../", import.meta.url);
