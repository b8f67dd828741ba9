import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type PostgresUser, postgresUser } from './binaries.ts'
import { type Cluster, endLeftOver, startCluster } from './cluster.ts'
import { isAlive } from './processes.ts'

const prefix = 'gangway-test-'

/**
 * A PostgreSQL for one run of tests: fast, in a directory of its own, gone after `stop`. `durable`, for measuring: a commit waits for
 * the disk, as it does for people.
 */
export async function startThrowawayCluster({ durable = false } = {}): Promise<Cluster> {
  const user = await postgresUser()
  await removeLeftOvers(user)
  const home = await mkdtemp(path.join(tmpdir(), prefix))
  if (user) await chown(home, user.uid, user.gid)
  await writeFile(path.join(home, 'starter'), String(process.pid))
  const password = randomBytes(16).toString('hex')
  const cluster = await startCluster({ home, user, password, throwaway: !durable })
  const stop = async () => {
    await cluster.stop()
    await rm(home, { recursive: true, force: true })
  }
  return { ...cluster, stop }
}

// A run that was killed could not clean up: the next one does.
async function removeLeftOvers(user: PostgresUser | undefined): Promise<void> {
  const names = (await readdir(tmpdir())).filter(name => name.startsWith(prefix))
  for (const home of names.map(name => path.join(tmpdir(), name))) {
    const starter = Number(await readFile(path.join(home, 'starter'), 'utf8').catch(() => ''))
    if (!starter || isAlive(starter)) continue
    await endLeftOver({ home, user, password: '' })
    await rm(home, { recursive: true, force: true })
  }
}
