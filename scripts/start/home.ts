import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { generateKey } from '../../lib/keys/generate.ts'

/** The directory with everything that `npm start` makes: nobody else may look into it. */
export type Home = { directory: string; file: (name: string) => string }

/** Opens `.gangway/`, made at the first start. */
export async function openHome(root: string): Promise<Home> {
  const directory = path.join(root, '.gangway')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await chmod(directory, 0o700)
  return { directory, file: name => path.join(directory, name) }
}

/** Reads a file of the home; makes it, readable for its owner alone, where it is missing. Gives its path. */
export async function keepSecret(home: Home, name: string, make: () => string): Promise<string> {
  const file = home.file(name)
  // `wx`: of two starts at once one makes it, and both use that.
  await writeFile(file, `${make()}\n`, { mode: 0o600, flag: 'wx' }).catch(ignoreExisting)
  await chmod(file, 0o600)
  return file
}

/** A keyring with one new key, as `npm run keys -- generate` makes them. */
export const newKeyring = (): string => generateKey([])

/** A new secret of 32 random bytes. */
export const newSecret = (): string => randomBytes(32).toString('base64')

/** Reads a JSON file of the home; undefined where there is none that can be read. */
export async function readNote(home: Home, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(home.file(name), 'utf8'))
  } catch {
    return undefined
  }
}

/** Writes a JSON file of the home. */
export const writeNote = (home: Home, name: string, content: unknown): Promise<void> =>
  writeFile(home.file(name), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
