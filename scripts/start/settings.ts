import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Env, readEnv } from '../../lib/env.ts'
import { type Home, keepSecret, newKeyring, newSecret } from './home.ts'
import { choosePort } from './ports.ts'
import { CannotStart } from './say.ts'

/** What `npm start` runs with: everything that was not set is chosen, and handed to the children by `childEnv`. */
export type Settings = {
  env: Env
  childEnv: NodeJS.ProcessEnv
  /** Whether the database, and the sandbox, are those that come along. */
  ownDatabase: boolean
  ownSandbox: boolean
  /** Set where the wanted port was taken: the port that was wanted. */
  movedFrom?: number
}

const exitConfig = 78

/** Reads `.env` and the environment, makes keys and secrets where none are set, and finds free ports. */
export async function settle(root: string, home: Home, args: readonly string[]): Promise<Settings> {
  const dotEnv = path.join(root, '.env')
  if (existsSync(dotEnv)) process.loadEnvFile(dotEnv)
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()))
  const chosen: Record<string, string> = { NODE_ENV: 'production' }
  if (args.includes('--degraded')) chosen.GANGWAY_DEGRADED = 'yes'
  if (!given.GANGWAY_KEYS && !given.GANGWAY_KEYS_FILE) {
    chosen.GANGWAY_KEYS_FILE = await keepSecret(home, 'keys', newKeyring)
  }
  if (!given.AUTH_SECRET && !given.AUTH_SECRET_FILE) {
    chosen.AUTH_SECRET_FILE = await keepSecret(home, 'auth-secret', newSecret)
  }
  const ownDatabase = !given.DATABASE_URL
  if (ownDatabase) chosen.DATABASE_URL = 'postgres://127.0.0.1/not-started-yet'
  const wanted = readOrRefuse({ ...given, ...chosen })
  const mayMove = !given.PORT && !given.APP_URL
  const port = await choosePort(wanted.PORT, { host: wanted.HOST, mayMove, variable: 'PORT' })
  chosen.PORT = String(port)
  const ownSandbox = wanted.SANDBOX === 'on' && !given.SANDBOX_ORIGIN
  if (ownSandbox) {
    const mayMoveSandbox = !given.SANDBOX_PORT
    const options = { host: '127.0.0.1', mayMove: mayMoveSandbox, variable: 'SANDBOX_PORT' }
    chosen.SANDBOX_PORT = String(await choosePort(wanted.SANDBOX_PORT, options))
  }
  const env = readOrRefuse({ ...given, ...chosen })
  Object.assign(chosen, { APP_URL: env.APP_URL, SANDBOX: env.SANDBOX, SANDBOX_ORIGIN: env.SANDBOX_ORIGIN })
  const moved = port === wanted.PORT ? {} : { movedFrom: wanted.PORT }
  return { env, childEnv: { ...process.env, ...chosen }, ownDatabase, ownSandbox, ...moved }
}

function readOrRefuse(source: Record<string, string | undefined>): Env {
  const result = readEnv(source)
  if ('env' in result) return result.env
  throw new CannotStart(
    `Gangway cannot start with this configuration.\n${result.mistakes.map(line => `  ✗ ${line}`).join('\n')}`,
    exitConfig,
  )
}
