import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { BackupError } from '../../lib/backup/format.ts'
import { type Backup, textOf } from '../../lib/backup/read.ts'
import type { Home } from '../start/home.ts'

/** The files of the part `keyring`, each with the variables that stand for it: the text itself, or a file with it. */
const secrets = {
  keys: ['GANGWAY_KEYS', 'GANGWAY_KEYS_FILE'],
  'auth-secret': ['AUTH_SECRET', 'AUTH_SECRET_FILE'],
} as const
type Name = keyof typeof secrets
const names: Name[] = ['keys', 'auth-secret']

/** What this Gangway is started with, as it lies in a backup. A secret that cannot be read is not there. */
export function presentSecrets(): Partial<Record<Name, string>> {
  return Object.fromEntries(
    names.flatMap(name => {
      const [variable, fileVariable] = secrets[name]
      const { [variable]: text, [fileVariable]: file } = process.env
      if (text) return [[name, `${text.trim()}\n`]]
      return file && existsSync(file) ? [[name, readFileSync(file, 'utf8')]] : []
    }),
  )
}

/** Which secrets of a backup belong into the home: those that no variable of one's own sets. Read before anything is set by us. */
export const unset = (env: NodeJS.ProcessEnv): Name[] =>
  names.filter(name => secrets[name].every(variable => !env[variable]))

/** Refuses a home that has another secret of its own: it may be the only copy there is. */
export async function mustNotReplace(backup: Backup, home: Home, wanted: readonly Name[]): Promise<void> {
  for (const name of wanted) {
    const text = await textOf(backup.keyring, name)
    const there = existsSync(home.file(name)) ? readFileSync(home.file(name), 'utf8') : undefined
    if (text !== undefined && there !== undefined && there.trim() !== text.trim())
      throw new BackupError(
        `${home.file(name)} is there, and it is not the one in the backup. Move it away; keep it if anything else was sealed with it.`,
      )
  }
}

/** Puts the backup's secrets into the home, for its owner alone. Gives the names of the files. */
export async function putSecrets(backup: Backup, home: Home, wanted: readonly Name[]): Promise<string[]> {
  const put: string[] = []
  mkdirSync(home.directory, { recursive: true, mode: 0o700 })
  for (const name of wanted) {
    const text = await textOf(backup.keyring, name)
    if (text === undefined) continue
    writeFileSync(home.file(name), text, { mode: 0o600 })
    chmodSync(home.file(name), 0o600)
    put.push(home.file(name))
  }
  return put
}
