import { NewSource, NewStream, Source, SourceChange, SourceList, SourceStream, SourceTest, StreamChange } from "@/lib/core/api/source";
import { aboutStream } from "../audit/about";
import { bodyOf } from "../http/body-of";
import { type Call, json, type Reply } from "../http/call";
import type { Route } from "../http/route";
import { findSource, listSources } from "../sources/find-source";
import { changeSource, createSource, deleteSource } from "../sources/save-source";
import { changeStream, followStream, forgetStream, type StreamPlace } from "../sources/save-stream";
import { testSource } from "../sources/test-source";

const path = "/api/sources/:source";
const nothing: Reply = { kind: "full", status: 204, body: null };

const list: Route = {
  method: "GET",
  path: "/api/sources",
  scope: "admin",
  doc: { summary: "Sources, how they are reached and which of their streams are followed; tokens are never shown", reply: SourceList },
  run: async ({ principal }) => json(200, { sources: await listSources(principal.projectId) }),
};

const create: Route = {
  method: "POST",
  path: "/api/sources",
  scope: "admin",
  audit: { action: "source.create" },
  doc: {
    summary: "Creates a source, or sets the environment, address and token of one that events created",
    body: NewSource,
    reply: Source,
    status: 201,
    refusals: ["conflict"],
  },
  run: async (call) => json(201, await createSource(call.principal.projectId, await bodyOf(call, NewSource))),
};

const one: Route = {
  method: "GET",
  path,
  scope: "admin",
  doc: { summary: "A source", reply: Source },
  run: async ({ principal, params }) => json(200, await findSource(principal.projectId, params.source as string)),
};

const change: Route = {
  method: "PATCH",
  path,
  scope: "admin",
  audit: { action: "source.change" },
  doc: { summary: "Changes a source's environment, address or token; null removes it", body: SourceChange, reply: Source },
  run: async (call) =>
    json(200, await changeSource(call.principal.projectId, call.params.source as string, await bodyOf(call, SourceChange))),
};

const end: Route = {
  method: "DELETE",
  path,
  scope: "admin",
  audit: { action: "source.delete" },
  doc: { summary: "Deletes a source's address, token and streams; its runs are kept" },
  run: async ({ principal, params }) => {
    await deleteSource(principal.projectId, params.source as string);
    return nothing;
  },
};

const test: Route = {
  method: "POST",
  path: `${path}/test`,
  scope: "admin",
  audit: { action: "source.test", about: () => ({}) },
  doc: { summary: "Tests a source with a call that changes nothing", reply: SourceTest, refusals: ["conflict"] },
  run: async ({ principal, params }) => json(200, await testSource(principal.projectId, params.source as string)),
};

const follow: Route = {
  method: "POST",
  path: `${path}/streams`,
  scope: "admin",
  audit: { action: "source.follow", about: aboutStream },
  doc: { summary: "Follows a stream of a source", body: NewStream, reply: SourceStream, status: 201, refusals: ["conflict"] },
  run: async (call) => json(201, await followStream(call.principal.projectId, call.params.source as string, await bodyOf(call, NewStream))),
};

const steer: Route = {
  method: "PATCH",
  path: `${path}/streams/:stream`,
  scope: "admin",
  audit: { action: "source.follow", about: aboutStream },
  doc: {
    summary: "Stops following a stream, or follows it again at once",
    body: StreamChange,
    reply: SourceStream,
    refusals: ["conflict"],
  },
  run: async (call) => json(200, await changeStream(placeOf(call), (await bodyOf(call, StreamChange)).state)),
};

const forget: Route = {
  method: "DELETE",
  path: `${path}/streams/:stream`,
  scope: "admin",
  audit: { action: "source.leave" },
  doc: { summary: "Deletes a stream; its events are kept" },
  run: async (call) => {
    await forgetStream(placeOf(call));
    return nothing;
  },
};

export const sourceRoutes: readonly Route[] = [list, create, one, change, end, test, follow, steer, forget];

function placeOf({ principal, params }: Call): StreamPlace {
  return { projectId: principal.projectId, sourceId: params.source as string, id: params.stream as string };
}
