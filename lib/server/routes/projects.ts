import { z } from "zod";
import { nameText } from "@/lib/core/name-text";
import { DomainError } from "../errors";
import { bodyOf } from "../http/body-of";
import { json } from "../http/call";
import type { Route } from "../http/route";
import { createProject } from "../projects/create-project";
import { findProject } from "../projects/find-project";
import { listProjects } from "../projects/list-projects";
import { renameProject } from "../projects/rename-project";
import { moveSession } from "../session/move-session";

const Project = z.object({ id: z.uuid(), name: z.string() });
const Named = z.strictObject({ name: nameText({ max: 80 }) });

const list: Route = {
  method: "GET",
  path: "/api/projects",
  scope: "read",
  doc: {
    summary: "The projects that the caller may see",
    query: z.object({ run: z.string().optional().describe("only those that have a run with this id, Watchfloor's or the sender's") }),
    reply: z.object({ projects: z.array(Project) }),
  },
  run: async ({ principal, query }) => json(200, { projects: await listProjects(principal, query.get("run") ?? undefined) }),
};

const create: Route = {
  method: "POST",
  path: "/api/projects",
  scope: "admin",
  audit: { action: "project.create" },
  doc: {
    summary: "Creates a project; only the owner of this installation may",
    body: Named,
    reply: Project,
    status: 201,
    refusals: ["conflict"],
  },
  run: async (call) => {
    const { name } = await bodyOf(call, Named);
    if (!call.principal.isOwner)
      throw new DomainError("forbidden", "Only the owner of this installation can create projects.", {
        hint: "Run `npx watchfloor link` on the server's machine and sign in with the link.",
      });
    return json(201, await createProject(name));
  },
};

const rename: Route = {
  method: "POST",
  path: "/api/projects/:project",
  scope: "admin",
  audit: { action: "project.rename" },
  doc: { summary: "Renames a project", body: Named, reply: Project, refusals: ["conflict"] },
  run: async (call) => {
    const { name } = await bodyOf(call, Named);
    return json(200, await renameProject(await findProject(call.principal, call.params.project as string), name));
  },
};

const open: Route = {
  method: "POST",
  path: "/api/projects/:project/open",
  scope: "read",
  doc: { summary: "Switches the browser's session to a project", reply: Project },
  run: async (call) => {
    const project = await findProject(call.principal, call.params.project as string);
    if (call.principal.kind !== "session") throw new DomainError("forbidden", "A key belongs to one project and cannot switch.");
    await moveSession(call.header("cookie"), project.id);
    return json(200, project);
  },
};

export const projectRoutes: readonly Route[] = [list, create, rename, open];
