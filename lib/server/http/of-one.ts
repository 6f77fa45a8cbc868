import { type Call, json, type Reply } from "./call";

/** Responds with what `verb` returns for the one thing that the path names by `:noun`, in the caller's project. */
export function ofOne(noun: string, verb: (projectId: string, id: string) => Promise<unknown>, status = 200) {
  return async ({ principal, params }: Call): Promise<Reply> => json(status, await verb(principal.projectId, params[noun] as string));
}
