import { afterAll, beforeAll, expect, it } from "vitest";
import { fitSession } from "@/db/fit-session";
import { createTestDatabase, type TestDatabase } from "@/test/postgres";
import { StartError } from "./start-error";
import { unreachable } from "./unreachable";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("is a database without TLS that is asked for it, and its owner is told so", async () => {
  const asked = { ...database.connection, ssl: "require" as const };
  const error = await fitSession(asked, () => {}).catch((reason: unknown) => unreachable(reason, asked));
  expect(error).toBeInstanceOf(StartError);
  expect(String(error)).toMatch(
    /closes the connection on TLS, which its sslmode requires \((?:ECONNRESET|EPIPE)\)\. It probably does not support TLS\.$/,
  );
});

it("is a database that is not there, also where TLS is asked for", async () => {
  const asked = { ...database.connection, host: "127.0.0.1", port: 1, ssl: "require" as const };
  const error = await fitSession(asked, () => {}).catch((reason: unknown) => unreachable(reason, asked));
  expect(String(error)).toBe("Error: The database of DATABASE_URL does not answer (ECONNREFUSED). Start it, or correct the address.");
});
