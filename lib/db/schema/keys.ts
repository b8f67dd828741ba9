import { sql } from 'drizzle-orm'
import { check, index, pgSchema, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** A schema of its own, so that an operator can back up data keys apart and forget them sooner (`security.md` 7.6). */
export const keysSchema = pgSchema('keys')

export type DataKeyOwner = 'candidate_credential' | 'connection' | 'mail' | 'oauth_app' | 'revocation'

/** A random key for each owner, wrapped by a key of the keyring. Destroying the row shreds everything sealed with it. */
export const dataKeys = keysSchema.table(
  'data_keys',
  {
    id: uuid('id').primaryKey(),
    /** The tenant: a workspace, or for what is a partner's own, the partner. */
    workspaceId: uuid('workspace_id').notNull(),
    ownerKind: text('owner_kind').$type<DataKeyOwner>().notNull(),
    ownerId: uuid('owner_id').notNull(),
    /** Id of the keyring's key that wraps it. */
    kekId: text('kek_id').notNull(),
    wrapped: text('wrapped').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    rewrappedAt: at('rewrapped_at'),
  },
  t => [
    uniqueIndex('data_keys_owner').on(t.ownerKind, t.ownerId),
    index('data_keys_kek').on(t.kekId, t.id),
    check('data_keys_wrapped', sql`${t.wrapped} ~ '^kw1\\.'`),
  ],
)

/** Every keyring key that this database has seen, with its key-check value: a wrong key is found before serving. */
export const kekRegistry = keysSchema.table('kek_registry', {
  kekId: text('kek_id').primaryKey(),
  keyCheckValue: text('key_check_value').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  retiredAt: at('retired_at'),
})
