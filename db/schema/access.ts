import { sql } from "drizzle-orm";
import { boolean, customType, index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Only the SHA-256 of a key is kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    /** First characters, so that people recognise it. */
    prefix: text().notNull(),
    hash: bytea().notNull(),
    scopes: text().array().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] }), uniqueIndex("api_keys_hash").on(t.hash)],
);

/** Single-use links that sign a browser in: as the local owner, as a member, or into the project of the key that made it. */
export const signInLinks = pgTable("sign_in_links", {
  hash: bytea().primaryKey(),
  projectId: uuid("project_id").notNull(),
  /** Made by the owner of this installation, who goes from project to project; by a key, it opens that key's project alone. */
  isOwner: boolean("is_owner").notNull().default(true),
  /** Whom it signs in, where that is a member. */
  memberId: uuid("member_id"),
  /** By which key it was made, where it was by one. */
  keyId: uuid("key_id"),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  usedAt: timestamp("used_at", { withTimezone: true }),
});

export const sessions = pgTable(
  "sessions",
  {
    hash: bytea().primaryKey(),
    /** By which people name it: the hash stays here. */
    id: uuid().notNull().defaultRandom(),
    /** The project that it is in; an owner's moves from one to another. */
    projectId: uuid("project_id").notNull(),
    isOwner: boolean("is_owner").notNull().default(true),
    /** Whose it is, where that is a member: it lives no longer than the member does. */
    memberId: uuid("member_id"),
    /** Which key let it in, where one did: it may what the key may, and lives no longer than the key does. */
    keyId: uuid("key_id"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** To some minutes. */
    seenAt: timestamp("seen_at", { withTimezone: true }),
    /** What the browser called itself when it came in. */
    userAgent: text("user_agent"),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex("sessions_id").on(t.id),
    index("sessions_expiry").on(t.expiresAt),
    index("sessions_member").on(t.memberId).where(sql`member_id is not null`),
  ],
);

/** Answers already given under an `Idempotency-Key`, committed together with the events they acknowledge. */
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
