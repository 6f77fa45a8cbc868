import { sql } from "drizzle-orm";
import { boolean, customType, index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Only the SHA-256 of a key is stored. */
export const apiKeys = pgTable(
  "api_keys",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    /** The first characters, for people to recognise it. */
    prefix: text().notNull(),
    hash: bytea().notNull(),
    scopes: text().array().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] }), uniqueIndex("api_keys_hash").on(t.hash)],
);

/** Single-use links that sign a browser in: as the local owner, as a member, or with a key, into that key's project. */
export const signInLinks = pgTable("sign_in_links", {
  hash: bytea().primaryKey(),
  projectId: uuid("project_id").notNull(),
  /** Created by the owner of this installation, who may enter every project. A key's link opens only that key's project. */
  isOwner: boolean("is_owner").notNull().default(true),
  /** The member that it signs in, if any. */
  memberId: uuid("member_id"),
  /** The key that created it, if any. */
  keyId: uuid("key_id"),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  usedAt: timestamp("used_at", { withTimezone: true }),
});

export const sessions = pgTable(
  "sessions",
  {
    hash: bytea().primaryKey(),
    /** The public id: the hash never leaves the server. */
    id: uuid().notNull().defaultRandom(),
    /** The current project; an owner's session can move to another. */
    projectId: uuid("project_id").notNull(),
    isOwner: boolean("is_owner").notNull().default(true),
    /** The member it belongs to, if any: it ends with the member. */
    memberId: uuid("member_id"),
    /** The key that signed it in, if any: it has the key's scopes and ends with the key. */
    keyId: uuid("key_id"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** Accurate to a few minutes. */
    seenAt: timestamp("seen_at", { withTimezone: true }),
    /** The User-Agent at sign-in. */
    userAgent: text("user_agent"),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex("sessions_id").on(t.id),
    index("sessions_expiry").on(t.expiresAt),
    index("sessions_member").on(t.memberId).where(sql`member_id is not null`),
  ],
);

/** Responses already given under an `Idempotency-Key`, committed together with the events they acknowledge. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    projectId: uuid("project_id").notNull(),
    key: text().notNull(),
    bodyHash: bytea("body_hash").notNull(),
    reply: text().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.key] }), index("idempotency_keys_age").on(t.createdAt)],
);
