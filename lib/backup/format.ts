import { z } from 'zod'

/** The form in which a backup lies on a disk. A program reads its own and every older one. */
export const formatVersion = 1

/** The parts of a backup, a directory each, so that they can be kept apart (`security.md` 7.6). */
export const partNames = ['database', 'data-keys', 'keyring'] as const
export type PartName = (typeof partNames)[number]

/** The file in each part that says what is in it. */
export const manifestName = 'manifest.json'

// These names go into SQL and paths.
const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)

const table = z.object({
  schema: identifier,
  name: identifier,
  columns: z.array(identifier).min(1),
  rows: z.int().nonnegative(),
})
export type TableInBackup = z.output<typeof table>

const file = z.object({
  name: z.string().regex(/^[a-z_-]+(\.[a-z0-9_]+)*$/),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** What is in it when it is a table: PostgreSQL's text form of COPY, in UTF-8, compressed by gzip. */
  table: table.optional(),
})
export type FileInBackup = z.output<typeof file>

/** Of every format: enough to say that it is too new. */
export const anyManifest = z.object({ format: z.int().positive() })

/** What a part says of itself. `backup` is the same in the parts of one backup, `schema.at` the last migration's `when`. */
export const manifest = z.object({
  format: z.literal(formatVersion),
  part: z.enum(partNames),
  backup: z.uuid(),
  gangway: z.string(),
  madeAt: z.iso.datetime(),
  schema: z.object({ at: z.int().positive(), name: z.string() }),
  files: z.array(file),
})
export type Manifest = z.output<typeof manifest>

/**
 * Tables whose rows stay behind. Brought back, a session, a one-time link or a state that was used since would live again; a key that was
 * typed and not accepted lives an hour; the rest is of the moment.
 */
export const leftOut: readonly string[] = [
  'public.sessions',
  'public.one_time_links',
  'public.candidate_credentials',
  'public.oauth_flows',
  'public.form_states',
  'public.rate_limits',
  'public.processes',
]

/** Why a backup or a restore does not go on, in words for whoever runs it. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}
