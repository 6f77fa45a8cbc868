import { z } from "zod";
import { defaultProjectId } from "@/db/migrate";
import { roles } from "@/lib/core/members/roles";
import { scopes } from "@/lib/core/members/scopes";
import { nameText } from "@/lib/core/name-text";
import { aboutScopes } from "../audit/about";
import { closeSignIn } from "../audit/audited";
import { DomainError } from "../errors";
import { addressOf, isSecure } from "../http/address-of";
import { type Call, json, type Reply } from "../http/call";
import { parsedBody } from "../http/parsed-body";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";
import { createKey } from "../keys/create-key";
import { listKeys } from "../keys/list-keys";
import { revokeKey } from "../keys/revoke-key";
import { requireMayLend } from "../members/member-rules";
import { services } from "../services";
import { sessionCookie } from "../session/session-principal";
import { endSession, newSignInLink, sessionMs, spendSignInLink } from "../session/sign-in";
import { forgetWanted, wantedPage } from "../session/wanted-page";
import { whoIs } from "../session/who-is";

const NewKey = z.strictObject({ name: nameText({ max: 100 }), scopes: z.array(z.enum(scopes)).min(1).max(scopes.length) });
const Key = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});

const MadeKey = Key.extend({ key: z.string() });

const me: Route = {
  method: "GET",
  path: "/api/me",
  scope: "read",
  doc: {
    summary: "The caller: its project, scopes and name",
    reply: z.object({
      project: z.object({ id: z.uuid(), name: z.string() }),
      scopes: z.array(z.enum(scopes)),
      isOwner: z.boolean().describe("may open every project"),
      name: z.string().describe("the name that this caller's decisions carry"),
      member: z
        .object({ id: z.uuid(), role: z.enum(roles) })
        .nullable()
        .describe("null = no member: the owner, a key, or a browser that a key signed in"),
      refusals: z
        .partialRecord(z.enum(scopes), z.string())
        .describe("for a browser: why operations that need a scope it lacks are refused, by scope"),
    }),
  },
  run: async ({ principal }) => json(200, await whoIs(principal)),
};

const keys: Route = {
  method: "GET",
  path: "/api/keys",
  scope: "admin",
  doc: { summary: "API keys", reply: z.object({ keys: z.array(Key) }) },
  run: async ({ principal }) => json(200, { keys: await listKeys(principal.projectId) }),
};

const newKey: Route = {
  method: "POST",
  path: "/api/keys",
  scope: "admin",
  audit: { action: "key.create", about: aboutScopes },
  doc: {
    summary: "Creates an API key; the key itself is shown only once",
    body: NewKey,
    reply: MadeKey,
    status: 201,
    refusals: ["conflict"],
  },
  run: async (call) => {
    const wanted = parsedBody(NewKey, await readBody(call));
    requireMayLend(call.principal, wanted.scopes);
    return json(201, await createKey(call.principal.projectId, wanted));
  },
};

const endKey: Route = {
  method: "DELETE",
  path: "/api/keys/:key",
  scope: "admin",
  audit: { action: "key.revoke" },
  doc: { summary: "Revokes an API key" },
  run: async ({ principal, params }) => {
    await revokeKey(principal, params.key as string);
    return { kind: "full", status: 204, body: null };
  },
};

const newLink: Route = {
  method: "POST",
  path: "/api/sign-in-links",
  scope: "admin",
  audit: { action: "session.link", about: () => ({}) },
  doc: { summary: "Creates a single-use link that signs a browser in", reply: z.object({ url: z.string() }), status: 201 },
  // For another browser of the same member or key: it never grants more, and is revoked together with the member or key.
  run: async (call) => {
    const { projectId, isOwner = false, member, keyId } = call.principal;
    return json(201, { url: await newSignInLink({ projectId, isOwner, memberId: member?.id, keyId }, addressOf(call)) });
  },
};

const signIn: Route = {
  method: "GET",
  path: "/sign-in",
  scope: "open",
  doc: { summary: "Redeems a sign-in link", query: z.object({ token: z.string() }), status: 303, refusals: ["unavailable"] },
  // Mail and chat apps probe links with HEAD.
  run: (call) => (call.method === "HEAD" ? { kind: "full", status: 204, body: null } : enter(call)),
};

async function enter(call: Call): Promise<Reply> {
  const entered = await spendSignInLink(call.query.get("token") ?? "", {
    userAgent: call.header("user-agent") ?? null,
    requestId: call.requestId,
  });
  if (entered === null) return { kind: "full", status: 303, headers: { location: "/signed-out?reason=link" }, body: null };
  await closeSignIn(entered.entry);
  const wanted = wantedPage(call.header("cookie"));
  const secure = isSecure(call) ? "; Secure" : "";
  const cookie = `${sessionCookie}=${entered.secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionMs / 1000}${secure}`;
  return {
    kind: "full",
    status: 303,
    headers: {
      location: wanted ?? "/",
      "set-cookie": wanted === null ? cookie : [cookie, forgetWanted],
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    },
    body: null,
  };
}

const signOut: Route = {
  method: "POST",
  path: "/api/sign-out",
  scope: "read",
  audit: { action: "session.end" },
  doc: { summary: "Ends the browser's session" },
  run: async (call) => {
    await endSession(call.header("cookie"));
    return {
      kind: "full",
      status: 204,
      headers: { "set-cookie": `${sessionCookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` },
      body: null,
    };
  },
};

const demoState = z.object({ running: z.boolean() });

/** The demo agents send with the local tools' key, so they run only in the first project. */
function demo(method: "GET" | "POST" | "DELETE", summary: string, act: () => Promise<void> | void): Route {
  return {
    method,
    path: "/api/demo",
    scope: method === "GET" ? "read" : "admin",
    ...(method === "GET" ? {} : { audit: { action: method === "POST" ? "demo.start" : "demo.stop" } }),
    doc: { summary, reply: demoState, ...(method === "GET" ? {} : { refusals: ["conflict"] }) },
    run: async ({ principal }) => {
      const isHere = principal.projectId === defaultProjectId;
      if (!isHere && method !== "GET")
        throw new DomainError("conflict", "The demo agents run only in the first project.", {
          hint: "Switch to that project to start or stop them.",
        });
      await act();
      return json(200, { running: isHere && services().demo.running });
    },
  };
}

export const accessRoutes: readonly Route[] = [
  me,
  keys,
  newKey,
  endKey,
  newLink,
  signIn,
  signOut,
  demo("GET", "Whether the demo agents are running", () => {}),
  demo("POST", "Starts the demo agents", () => services().demo.start()),
  demo("DELETE", "Stops the demo agents", () => services().demo.stop()),
];
