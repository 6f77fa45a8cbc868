import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PeerCertificate } from "node:tls";
import { afterAll, describe, expect, it } from "vitest";
import { connectionOf } from "./connection-url";
import { UnfitDatabaseError } from "./unfit-database";

const folder = mkdtempSync(join(tmpdir(), "wf-url-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const read = (url: string, env: Record<string, string> = {}) => connectionOf(url, env as NodeJS.ProcessEnv);

describe("an address of a database", () => {
  it.each([
    ["postgres://u:p@db.example:6000/floor", { host: ["db.example"], port: [6000], user: "u", password: "p", database: "floor" }],
    ["postgresql://u@db.example/floor", { host: ["db.example"], port: [5432], user: "u", database: "floor" }],
    [
      "postgres://u:p%40%2F%25@db.example/my%20floor",
      { host: ["db.example"], port: [5432], user: "u", password: "p@/%", database: "my floor" },
    ],
    ["postgres://u:a#b:c@d@db.example/floor", { host: ["db.example"], port: [5432], user: "u", password: "a#b:c@d", database: "floor" }],
    ["postgres://u@[::1]:6000/floor", { host: ["::1"], port: [6000], user: "u", database: "floor" }],
    [
      "postgres://u@one:6000,two/floor?target_session_attrs=read-write",
      { host: ["one", "two"], port: [6000, 5432], user: "u", database: "floor", target_session_attrs: "read-write" },
    ],
    ["postgres:///floor?host=/run/postgresql", { host: "/run/postgresql", port: 5432, database: "floor" }],
    [
      "postgres:///floor?host=/run/postgresql&port=6000&user=u&password=p",
      { host: "/run/postgresql", port: 6000, user: "u", password: "p", database: "floor" },
    ],
    [
      "postgres://u:p@%2Frun%2Fpostgresql/floor?sslmode=require",
      { host: "/run/postgresql", port: 5432, user: "u", password: "p", database: "floor" },
    ],
    [
      "postgres://u@h/floor?dbname=other&connect_timeout=30&application_name=mine&keepalives=1",
      { host: ["h"], port: [5432], user: "u", database: "other", connect_timeout: 30 },
    ],
    [
      "postgres://u@h/floor?options=-c%20search_path%3Dfloor",
      { host: ["h"], port: [5432], user: "u", database: "floor", session: { options: "-c search_path=floor" } },
    ],
    [
      "postgres://u@h/floor?channel_binding=prefer&gssencmode=disable&target_session_attrs=any",
      { host: ["h"], port: [5432], user: "u", database: "floor" },
    ],
  ])("is read as libpq reads it: %s", (url, connection) => {
    expect(read(url)).toEqual(connection);
  });

  it("leaves to the driver what it does not say, with the port of PGPORT", () => {
    expect(read("postgres:///floor")).toEqual({ port: 5432, database: "floor" });
    expect(read("postgres://h", { PGPORT: "6000" })).toEqual({ host: ["h"], port: [6000] });
  });

  it("says how the server is proven", () => {
    const [ca, cert, key] = [file("ca", "CA"), file("cert", "CERT"), file("key", "KEY")];
    const ssl = (query: string) => read(`postgres://u@h/floor?${query}`).ssl;
    expect(ssl("sslmode=disable")).toBeUndefined();
    expect(ssl("sslmode=allow")).toBe("prefer");
    expect(ssl("sslmode=prefer")).toBe("prefer");
    expect(ssl("sslmode=require")).toBe("require");
    expect(ssl(`sslmode=require&sslcert=${cert}&sslkey=${key}`)).toEqual({ cert: "CERT", key: "KEY", rejectUnauthorized: false });
    expect(ssl(`sslmode=require&sslrootcert=${ca}`)).toEqual({ ca: "CA", checkServerIdentity: expect.any(Function) });
    expect(ssl(`sslmode=verify-ca&sslrootcert=${ca}`)).toEqual({ ca: "CA", checkServerIdentity: expect.any(Function) });
    expect(ssl(`sslmode=verify-full&sslrootcert=${ca}&sslcert=${cert}&sslkey=${key}&sslpassword=w`)).toEqual({
      ...{ ca: "CA", cert: "CERT", key: "KEY", passphrase: "w", checkServerIdentity: expect.any(Function) },
    });
    expect(ssl("sslmode=verify-full&sslrootcert=system")).toEqual({ checkServerIdentity: expect.any(Function) });
  });

  it("with verify-full takes no certificate of another host, also where the host is an address", () => {
    const problem = (hosts: string, name: string, subjectaltname: string) => {
      const { ssl } = read(`postgres://u@${hosts}/floor?sslmode=verify-full`);
      if (typeof ssl !== "object") throw new Error("no options of TLS");
      return ssl.checkServerIdentity?.(name, { subject: {}, subjectaltname } as PeerCertificate)?.message;
    };
    expect(problem("db.example", "db.example", "DNS:db.example")).toBeUndefined();
    expect(problem("db.example", "db.example", "DNS:other.example")).toContain("db.example");
    // Node.js says localhost where the driver tells it no name.
    expect(problem("127.0.0.1", "localhost", "DNS:localhost")).toContain("127.0.0.1");
    expect(problem("127.0.0.1", "localhost", "IP Address:127.0.0.1")).toBeUndefined();
    expect(problem("one.example,10.0.0.2", "localhost", "IP Address:10.0.0.2")).toBeUndefined();
    expect(problem("one.example", "localhost", "DNS:localhost")).toBe("The certificate belongs to another server.");
  });

  it.each([
    ["mysql://u@h/floor", "must look like postgres://"],
    ["postgres://u:hush@h:port/floor", "has an invalid host"],
    ["postgres://u:hush@::1/floor", "has an invalid host"],
    ["postgres://u:hush%@h/floor", "Write % itself as %25"],
    ["postgres://u:hush@h,%2Frun/floor?host=/run,h", "has both a socket and other hosts"],
    ["postgres://u:hush@h/floor?schema=public", "has ?schema, which Watchfloor does not support"],
    ["postgres://u:12?hush@h/floor", "has a parameter that Watchfloor does not support"],
    ["postgres://u:hush@h/floor?sslmode=on", "has an unknown sslmode"],
    ["postgres://u:hush@h/floor?sslrootcert=system", "names certificates but no sslmode"],
    ["postgres://u:hush@h/floor?sslmode=require&sslrootcert=system", "which needs sslmode=verify-full"],
    ["postgres://u:hush@h/floor?target_session_attrs=writable", "has an unknown target_session_attrs"],
    ["postgres://u:hush@h:99999/floor", "has an invalid port"],
    ["postgres://u:hush@h/floor?port=hush", "has an invalid port"],
    ["postgres://u:hush@h/floor?sslmode=verify-full&sslrootcert=/nowhere/ca", "has an sslrootcert that cannot be read (ENOENT)"],
    ["postgres://u:hush@h/floor?sslmode=require&channel_binding=require", "has channel_binding=require, which Watchfloor does not support"],
  ])("that is not understood whole is refused in one line, without its password: %s", (url, words) => {
    expect(() => read(url)).toThrow(UnfitDatabaseError);
    expect(() => read(url)).toThrow(words);
    expect(() => read(url)).not.toThrow("hush");
  });
});
