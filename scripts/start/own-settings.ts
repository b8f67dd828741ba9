import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { runningDatabase } from './database.ts'
import type { Home } from './home.ts'

/**
 * For a command beside a Gangway: reads `.env`, and where nothing is set takes what `npm start` keeps under .gangway/, its keyring and its
 * database while that runs. Makes nothing. Gives the home and whether a database of one's own is set.
 */
export async function readOwnSettings(root: string): Promise<{ home: Home; ownDatabase: boolean }> {
  const directory = path.join(root, '.gangway')
  const home: Home = { directory, file: name => path.join(directory, name) }
  const { env } = process
  const dotEnv = path.join(root, '.env')
  if (existsSync(dotEnv)) process.loadEnvFile(dotEnv)
  const ownDatabase = !env.DATABASE_URL
  if (!env.GANGWAY_KEYS && !env.GANGWAY_KEYS_FILE) env.GANGWAY_KEYS_FILE = home.file('keys')
  const address = env.DATABASE_URL || (await runningDatabase(home))
  if (address) env.DATABASE_URL = address
  if (!env.AUTH_SECRET && !env.AUTH_SECRET_FILE) {
    // Nobody signs in here, but the configuration is read whole.
    if (existsSync(home.file('auth-secret'))) env.AUTH_SECRET_FILE = home.file('auth-secret')
    else env.AUTH_SECRET = randomBytes(32).toString('base64')
  }
  return { home, ownDatabase }
}
