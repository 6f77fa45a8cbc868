import { withKnownQuery } from "../http/known-query";
import type { Route } from "../http/route";
import { Router } from "../http/router";
import { accessRoutes } from "./access";
import { alertRoutes } from "./alerts";
import { approvalRoutes } from "./approvals";
import { auditRoutes } from "./audit";
import { browserRoutes } from "./browsers";
import { budgetRoutes } from "./budgets";
import { claudeCodeRoute } from "./claude-code";
import { controlRoutes } from "./control";
import { costRoutes } from "./costs";
import { crewshipRoutes } from "./crewship";
import { feedRoute } from "./feed";
import { humanLayerRoutes } from "./humanlayer";
import { ingestRoutes } from "./ingest";
import { inspectRoute } from "./inspect";
import { memberRoutes } from "./members";
import { powabaseRoutes } from "./powabase";
import { powabaseApproveRoute } from "./powabase-approve";
import { priceRoutes } from "./prices";
import { projectRoutes } from "./projects";
import { redactionRoutes } from "./redaction";
import { replayRoutes, runReplayRoute } from "./replays";
import { resonantRoutes } from "./resonant";
import { runListRoutes } from "./run-lists";
import { runRoutes } from "./runs";
import { sessionRoutes } from "./sessions";
import { shannonRoutes } from "./shannon";
import { shannonControlRoutes } from "./shannon-control";
import { shannonDecisionRoute } from "./shannon-decision";
import { shannonSessionEventsRoute } from "./shannon-session-events";
import { shannonSessionRoutes } from "./shannon-sessions";
import { shannonTimelineRoute } from "./shannon-timeline";
import { sourceCallRoutes } from "./source-calls";
import { sourceRoutes } from "./sources";
import { standingRoutes } from "./standing";
import { systemRoutes } from "./system";
import { webhookRoutes } from "./webhooks";

/** Our own endpoints reject what they do not know: bodies by strict schemas, parameters by their declaration. */
export const ownRoutes: readonly Route[] = [
  ...runListRoutes,
  ...runRoutes,
  ...sessionRoutes,
  ...memberRoutes,
  ...browserRoutes,
  ...approvalRoutes,
  ...standingRoutes,
  ...controlRoutes,
  ...sourceCallRoutes,
  ...sourceRoutes,
  inspectRoute,
  feedRoute,
  ...costRoutes,
  ...budgetRoutes,
  ...alertRoutes,
  ...priceRoutes,
  ...accessRoutes,
  ...auditRoutes,
  ...redactionRoutes,
  ...projectRoutes,
  ...systemRoutes,
  runReplayRoute,
];

/** Endpoints in the form that the systems and their clients expect; callers may send more than we read. */
const doors: readonly Route[] = [
  ...ingestRoutes,
  claudeCodeRoute,
  ...humanLayerRoutes,
  ...shannonRoutes,
  shannonDecisionRoute,
  ...shannonControlRoutes,
  ...shannonSessionRoutes,
  shannonSessionEventsRoute,
  shannonTimelineRoute,
  ...crewshipRoutes,
  ...powabaseRoutes,
  powabaseApproveRoute,
  ...resonantRoutes,
  ...webhookRoutes,
  ...replayRoutes,
];

let made: Router | undefined;

/** Every route of the HTTP interface: the one list shared by the front door, the route handlers, the OpenAPI document and the tests. */
export function api(): Router {
  made ??= new Router([...ownRoutes.map(withKnownQuery), ...doors]);
  return made;
}
