import { openApi } from "@/lib/server/http/openapi/document";
import { api } from "@/lib/server/routes/router";
import { errorsPage } from "./errors";
import { eventsPage } from "./events";
import { httpPage, schemasPage } from "./http";
import { limitsPage } from "./limits";
import { parts } from "./markdown";
import { scopesPage } from "./scopes";

export const folder = "docs/reference";
export const command = "npm run reference";

const made = `<!-- Made by \`${command}\` from the schemas, tables and constants of the program. Change those, not this file. -->`;

/** Every page of the reference, by the name of its file. */
export function referencePages(): Readonly<Record<string, string>> {
  const { routes } = api();
  const document = openApi(routes, { version: "" });
  const texts = {
    "http.md": httpPage(routes, document),
    "schemas.md": schemasPage(document),
    "events.md": eventsPage(),
    "errors.md": errorsPage(),
    "limits.md": limitsPage(routes, document),
    "scopes.md": scopesPage(routes),
  };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, `${parts(made, text)}\n`]));
}
