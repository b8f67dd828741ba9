import path from 'node:path'
import { parseArgs } from 'node:util'
import { BackupError, type Manifest } from '../lib/backup/format.ts'
import { makeBackup } from '../lib/backup/make.ts'
import { assertOpens } from '../lib/keys/check-at-start.ts'
import { parseKeyring } from '../lib/keys/keyring.ts'
import { KeyringError } from '../lib/keys/keyring-error.ts'
import gangway from '../package.json' with { type: 'json' }
import { runCommand, some } from './backup/command.ts'
import { presentSecrets } from './backup/secrets.ts'
import type { Cluster } from './postgres/cluster.ts'
import { embeddedDatabase } from './start/database.ts'
import { readNote } from './start/home.ts'
import { readOwnSettings } from './start/own-settings.ts'

const usage = `npm run backup -- <directory>

  Writes a backup of this moment into a new directory, while Gangway runs: the database, the data keys and the keyring, each
  in a directory of its own. "npm run restore" reads it.
`
const root = path.dirname(import.meta.dirname)
const say = (text: string) => process.stdout.write(`${text}\n`)
const note = (text: string) => process.stderr.write(`${text}\n`)
let started: Cluster | undefined

async function run(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true })
  const [directory, ...more] = positionals
  if (!directory || more.length > 0) {
    note(usage)
    return 64
  }
  const url = await databaseUrl()
  const secrets = presentSecrets()
  const began = performance.now()
  const parts = await makeBackup({
    url,
    directory: path.resolve(process.env.INIT_CWD ?? '', directory),
    secrets,
    gangway: gangway.version,
    onKeys: keys => {
      if (!secrets.keys)
        return note('There is no keyring here, so the backup has none: keep a copy of yours.')
      try {
        assertOpens(parseKeyring(secrets.keys, 'the keyring'), keys)
      } catch (error) {
        if (!(error instanceof KeyringError)) throw error
        note(`The backup holds what is here, and that does not fit together. ${error.message}`)
      }
    },
  })
  describe(path.resolve(process.env.INIT_CWD ?? '', directory), parts, (performance.now() - began) / 1000)
  return 0
}

/** One's own database, the embedded one while it runs, or the embedded one started for this alone. */
async function databaseUrl(): Promise<string> {
  const { home } = await readOwnSettings(root)
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL
  if ((await readNote(home, 'database.json')) === undefined)
    throw new BackupError(
      `There is nothing to back up in ${root}. Run this where Gangway was started, or set DATABASE_URL.`,
    )
  started = await (await embeddedDatabase(home)).start()
  return started.url('postgres')
}

function describe(directory: string, parts: Manifest[], seconds: number): void {
  const [database, dataKeys] = parts
  const rows = (part: Manifest | undefined) =>
    (part?.files ?? []).reduce((sum, { table }) => sum + (table?.rows ?? 0), 0)
  say(`Backed up in ${seconds.toFixed(1)} s to ${directory}: three parts of one moment, ${database?.madeAt}.

  database    ${some(rows(database), 'row')}; secrets in it are sealed
  data-keys   ${some(rows(dataKeys), 'row')}; what the secrets are sealed with, itself wrapped by the keyring
  keyring     the key to the data keys, and what signs cookies

Whoever has all three has every credential: keep them apart, the keyring above all. Forget data-keys after 30 days, and
what was deleted until then cannot be opened from old copies any more. Settings (.env) are not in it. To restore, put the parts
side by side again. More: docs/operators.md`)
}

await runCommand(run, async () => (started && !started.reused ? started.stop() : undefined))
