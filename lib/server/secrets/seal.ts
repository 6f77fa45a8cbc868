import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from "node:crypto";
import { keyMark } from "./seal-key";

const version = "s1";
const proofVersion = "p1";
const ivBytes = 12;
const tagBytes = 16;

/** A sealed text cannot be opened: wrong key, wrong place, or a changed byte. */
export class SealError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SealError";
  }
}

/**
 * Encrypts secrets that must be used again, so that the database alone does not reveal them: AES-256-GCM with a key stored outside
 * it. `place` (for example `webhook:<id>`) is bound in, so a sealed text copied to another row does not open there.
 */
export class Sealer {
  readonly #key: Buffer;
  readonly #mark: string;
  readonly #proofKey: Buffer;
  readonly #markKey: string;

  constructor(key: Buffer) {
    this.#key = key;
    this.#mark = keyMark(key);
    this.#proofKey = Buffer.from(hkdfSync("sha256", key, "watchfloor", "proof", 32));
    this.#markKey = Buffer.from(hkdfSync("sha256", key, "watchfloor", "mark", 32)).toString("base64");
  }

  /**
   * Eight hex digits that identify a value without revealing it to anyone who lacks the key. One hash instead of HMAC's two: an
   * event may contain a hundred thousand values, and a hash cut to 32 bits allows no length extension.
   */
  mark(use: string, value: string): string {
    return hash("sha256", `${this.#markKey}\n${use}\n${value}`).slice(0, 8);
  }

  /**
   * Proves later that a text was written by a holder of the key: HMAC-SHA-256 with a key of its own. `use` separates texts of
   * different kinds.
   */
  proof(use: string, text: string): string {
    const hash = createHmac("sha256", this.#proofKey).update(`${use}\n${text}`).digest("base64url");
    return `${proofVersion}.${this.#mark}.${hash}`;
  }

  /** Whether a proof was made with this key; nothing can be said about another key's. */
  isOwnProof(proof: string): boolean {
    return proof.startsWith(`${proofVersion}.${this.#mark}.`);
  }

  /** The prefix of every text sealed with this key and no other: for searching a table. */
  get beginning(): string {
    return `${version}.${this.#mark}.`;
  }

  seal(plain: string, place: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", this.#key, iv).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    return `${this.beginning}${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
  }

  /** Throws SealError. */
  open(sealed: string, place: string): string {
    const [form, mark, text] = sealed.split(".");
    if (form !== version || text === undefined) throw new SealError("It is not an encrypted text.");
    if (mark !== this.#mark) throw new SealError("It was encrypted with another key: set WATCHFLOOR_SECRET, or restore secret.key.");
    const bytes = Buffer.from(text, "base64url");
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
    } catch {
      throw new SealError("The encrypted text was changed, or belongs somewhere else.");
    }
  }
}
