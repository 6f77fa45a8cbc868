import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { SealError, Sealer } from "./seal";
import { readSealKey } from "./seal-key";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wf-seal-"));
  folders.push(folder);
  return folder;
}

describe("a sealed secret", () => {
  const sealer = new Sealer(randomBytes(32));

  it("opens to what was sealed, and never looks the same twice", () => {
    for (const plain of ["", "your_webhook_secret", "ключ \u{1F511}", "x".repeat(10_000)]) {
      const sealed = [sealer.seal(plain, "webhook:1"), sealer.seal(plain, "webhook:1")];
      expect(sealed.map((text) => sealer.open(text, "webhook:1"))).toEqual([plain, plain]);
      expect(sealed[0]).not.toBe(sealed[1]);
      if (plain !== "") expect(sealed[0]).not.toContain(plain);
    }
  });

  it("does not open in another place, under another key, or with any byte changed", () => {
    const sealed = sealer.seal("secret", "webhook:1");
    expect(() => sealer.open(sealed, "webhook:2")).toThrow(SealError);
    expect(() => new Sealer(randomBytes(32)).open(sealed, "webhook:1")).toThrow(/another key/);
    const [form, mark, text] = sealed.split(".") as [string, string, string];
    const bytes = Buffer.from(text, "base64url");
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] as number) ^ 1;
      expect(() => sealer.open(`${form}.${mark}.${changed.toString("base64url")}`, "webhook:1")).toThrow(SealError);
    }
    for (const text of ["", "s1", `s1.${mark}.`, "secret"]) expect(() => sealer.open(text, "webhook:1")).toThrow(SealError);
  });
});

describe("the key", () => {
  it("is made once in the data folder, readable by its owner only", () => {
    const dataDir = newFolder();
    const key = readSealKey({ dataDir, secret: null });
    expect(readSealKey({ dataDir, secret: null })).toEqual(key);
    expect(statSync(join(dataDir, "secret.key")).mode & 0o777).toBe(0o600);
  });

  it("comes from WATCHFLOOR_SECRET alike on every machine, without a file", () => {
    const key = readSealKey({ dataDir: "/nowhere", secret: "correct horse battery" });
    expect(readSealKey({ dataDir: newFolder(), secret: "correct horse battery" })).toEqual(key);
    expect(readSealKey({ dataDir: "/nowhere", secret: "another" })).not.toEqual(key);
  });

  it("is refused when the file was damaged, rather than replaced", () => {
    const dataDir = newFolder();
    writeFileSync(join(dataDir, "secret.key"), "short");
    expect(() => readSealKey({ dataDir, secret: null })).toThrow(/Restore it/);
  });
});
