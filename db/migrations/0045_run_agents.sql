CREATE TABLE "run_agents" (
	"project_id" uuid NOT NULL,
	"agent" text NOT NULL,
	"run_id" uuid NOT NULL,
	CONSTRAINT "run_agents_project_id_agent_run_id_pk" PRIMARY KEY("project_id","agent","run_id")
);
--> statement-breakpoint
-- Of several agents only: the one that a run is named by stands in its row. What PostgreSQL cannot hold as text is in no name.
INSERT INTO run_agents (project_id, agent, run_id)
SELECT r.project_id, a.agent, r.id FROM runs r, json_array_elements_text(r.state -> 'lifecycle' -> 'agents') AS a(agent)
WHERE r.kind = 'run' AND r.state::text ~ '"agentsTotal":([2-9]|[1-9][0-9])' AND r.state::text !~ '\\u0000' AND a.agent IS DISTINCT FROM r.agent
ON CONFLICT DO NOTHING;
--> statement-breakpoint
ANALYZE "run_agents";
