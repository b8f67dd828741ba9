import { randomBytes } from 'node:crypto'
import { access, chown, lstat, mkdir, mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type PostgresUser, postgresUser } from '../postgres/binaries.ts'
import { type Cluster, findRunning, startCluster } from '../postgres/cluster.ts'
import { type Home, readNote, writeNote } from './home.ts'
import { CannotStart } from './say.ts'

/** The embedded database: where it lives, and how to start it (again). */
export type Embedded = { directory: string; start: (port?: number) => Promise<Cluster> }

const note = z.object({
  directory: z.string(),
  password: z.string(),
  uid: z.number().optional(),
  gid: z.number().optional(),
})
type Note = z.infer<typeof note>

const noteName = 'database.json'

/** Finds the embedded database of this home, or makes room for a new one. */
export async function embeddedDatabase(home: Home): Promise<Embedded> {
  const known = note.safeParse(await readNote(home, noteName))
  const where = known.success ? known.data : await makeRoom(home)
  const user = where.uid && where.gid ? { uid: where.uid, gid: where.gid } : undefined
  await checkOwner(where)
  const start = (port?: number) =>
    startCluster({ home: where.directory, user, password: where.password, ...(port ? { port } : {}) })
  return { directory: where.directory, start }
}

/** The address of this home's embedded database while it runs. It holds the password: never for a log. */
export async function runningDatabase(home: Home): Promise<string | undefined> {
  const known = note.safeParse(await readNote(home, noteName))
  if (!known.success) return undefined
  const { directory, password } = known.data
  const running = await findRunning({ home: directory, user: undefined, password })
  return running && `postgres://gangway:${password}@127.0.0.1:${running.port}/postgres`
}

async function makeRoom(home: Home): Promise<Note> {
  const user = await postgresUser()
  const password = randomBytes(24).toString('hex')
  const directory = user
    ? await makeElsewhere(user, path.basename(path.dirname(home.directory)))
    : home.file('database')
  if (!user) await mkdir(directory, { mode: 0o700, recursive: true })
  const made: Note = { directory, password, ...user }
  await writeNote(home, noteName, made)
  return made
}

// `.gangway/` lets only its owner in, and PostgreSQL does not run as root: its data lies where its user may enter.
async function makeElsewhere(user: PostgresUser, name: string): Promise<string> {
  const parent = await commonParent()
  const directory = await mkdtemp(path.join(parent, `${name.replace(/[^\w.-]/g, '')}-`))
  await chown(directory, user.uid, user.gid)
  return directory
}

async function commonParent(): Promise<string> {
  for (const parent of ['/var/lib/gangway', '/var/tmp/gangway']) {
    try {
      await mkdir(parent, { recursive: true, mode: 0o755 })
      await access(parent)
      if ((await lstat(parent)).uid === 0) return parent
    } catch {
      // the next one
    }
  }
  throw new CannotStart(
    'There is no place for the database below /var/lib. Set DATABASE_URL, or do not run as root.',
  )
}

async function checkOwner({ directory, uid }: Note): Promise<void> {
  const found = await lstat(directory).catch(() => undefined)
  if (!found) {
    throw new CannotStart(
      `The database's directory ${directory} is gone. Put it back from the backup, or remove .gangway/ to begin anew.`,
    )
  }
  const owner = uid ?? process.getuid?.()
  if (found.isDirectory() && (owner === undefined || found.uid === owner)) return
  throw new CannotStart(
    `${directory} does not belong to the database's user (${owner}). Give it back, then start again.`,
  )
}
