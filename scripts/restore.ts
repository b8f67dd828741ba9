import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { PartName } from '../lib/backup/format.ts'
import type { KeysInUse } from '../lib/backup/keys-in-use.ts'
import { type Backup, readBackup, textOf } from '../lib/backup/read.ts'
import { restoreBackup } from '../lib/backup/restore.ts'
import { resumeTasks } from '../lib/backup/resume-tasks.ts'
import { closeDatabase } from '../lib/db/client.ts'
import { assertOpens } from '../lib/keys/check-at-start.ts'
import { parseKeyring } from '../lib/keys/keyring.ts'
import { closeQueue } from '../lib/queue/send.ts'
import { runCommand, some } from './backup/command.ts'
import { mustNotReplace, presentSecrets, putSecrets, unset } from './backup/secrets.ts'
import type { Cluster } from './postgres/cluster.ts'
import { embeddedDatabase } from './start/database.ts'
import { openHome } from './start/home.ts'
import { readOwnSettings } from './start/own-settings.ts'
import { endLeftOvers } from './start/recover.ts'

const usage = `npm run restore -- <directory> [--without-data-keys] [--without-keyring]

  Restores what "npm run backup" made, into an empty place only: a Gangway that was never started, or, with DATABASE_URL, an
  empty database. A restore that was cut short is begun again by the same command.
`
const root = path.dirname(import.meta.dirname)
const say = (text: string) => process.stdout.write(`${text}\n`)
let started: Cluster | undefined

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'without-data-keys': { type: 'boolean', default: false },
      'without-keyring': { type: 'boolean', default: false },
    },
  })
  const [directory, ...more] = positionals
  if (!directory || more.length > 0) {
    process.stderr.write(usage)
    return 64
  }
  const without: PartName[] = []
  if (values['without-data-keys']) without.push('data-keys')
  if (values['without-keyring']) without.push('keyring')
  const began = performance.now()
  if (existsSync(path.join(root, '.env'))) process.loadEnvFile(path.join(root, '.env'))
  const wanted = unset(process.env)
  const { home } = await readOwnSettings(root)
  await endLeftOvers(home)
  const backup = await readBackup(path.resolve(process.env.INIT_CWD ?? '', directory), without)
  await mustNotReplace(backup, home, wanted)
  let put: string[] = []
  await restoreBackup({
    url: await databaseUrl(),
    backup,
    migrations: path.join(root, 'drizzle'),
    checkKeys: keys => checkKeys(keys, backup, wanted.includes('keys')),
    finish: async () => {
      put = await putSecrets(backup, home, wanted)
      await resumeTasks()
    },
  })
  describe(backup, put, (performance.now() - began) / 1000)
  return 0
}

/** The keyring of one's own settings, else the backup's, has to open every data key: found now, and not by the first recruiter. */
async function checkKeys(keys: KeysInUse, backup: Backup, fromBackup: boolean): Promise<void> {
  const own = presentSecrets().keys
  const text = fromBackup ? ((await textOf(backup.keyring, 'keys')) ?? own) : own
  if (text) assertOpens(parseKeyring(text, 'the keyring'), keys)
}

/** One's own database, or the embedded one, which is made and started here when it was never started. */
async function databaseUrl(): Promise<string> {
  if (!process.env.DATABASE_URL) {
    started = await (await embeddedDatabase(await openHome(root))).start()
    process.env.DATABASE_URL = started.url('postgres')
  }
  return process.env.DATABASE_URL
}

function describe(backup: Backup, put: string[], seconds: number): void {
  const rows = backup.database.files.reduce((sum, { table }) => sum + (table?.rows ?? 0), 0)
  say(`Restored in ${seconds.toFixed(1)} s: ${some(rows, 'row')} as of ${backup.database.madeAt}.`)
  if (put.length > 0) say(`The keyring is in its place: ${put.join(', ')}.`)
  if (!backup['data-keys'])
    say(
      'Without the data keys every connection says that its credential cannot be read, and needs a new key.',
    )
  else if (!backup.keyring && put.length === 0)
    say(
      'The backup’s keyring was left aside: set GANGWAY_KEYS, or start with --degraded if it is lost for good.',
    )
  say(`
Everybody signs in anew. Start Gangway: npm start
Then look at Encryption keys in the partner console. What was changed after the backup is not here; who or what was removed since is
back: docs/operators.md says what to go through.`)
}

await runCommand(run, async () => {
  await closeQueue()
  await closeDatabase()
  if (started && !started.reused) await started.stop()
})
