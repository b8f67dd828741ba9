import { type BundledApp, readBundledApp } from './oauth/bundled-app.ts'
import { defaultSeed, startSandbox } from './server.ts'

/**
 * `node lib/sandbox/main.ts`: SANDBOX_PORT says where, SANDBOX_DIR where the state is kept, SANDBOX_SEED which data,
 * SANDBOX_OAUTH_CLIENT which partner's app is registered from the start, SANDBOX_OAUTH_CLIENT_NAME what it is called.
 */
const {
  SANDBOX_PORT: portText = '',
  SANDBOX_DIR: dir,
  SANDBOX_SEED: seed = defaultSeed,
  SANDBOX_OAUTH_CLIENT: clientText = '',
  SANDBOX_OAUTH_CLIENT_NAME: clientName = 'Demo partner',
} = process.env

if (!/^\d{1,5}$/.test(portText) || Number(portText) > 65_535) {
  process.stderr.write(
    `SANDBOX_PORT is "${portText}", which is no port. Right is, for example: SANDBOX_PORT=4010\n`,
  )
  process.exit(1)
}

const sandbox = await startSandbox({
  port: Number(portText),
  seed,
  ...(dir ? { dir } : {}),
  ...(clientText ? { oauthApp: appFromEnvironment() } : {}),
}).catch((error: unknown) => {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  stopWith(taken ? `port ${portText} is taken` : messageOf(error))
})

const end = () => {
  sandbox.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  )
}
process.once('SIGTERM', end)
process.once('SIGINT', end)
if (sandbox.setAside !== null) {
  process.stderr.write(
    `The sandbox starts anew: its state could not be read, and is now ${sandbox.setAside}\n`,
  )
}
process.stdout.write(`Workable sandbox at ${sandbox.origin}\n`)

function appFromEnvironment(): BundledApp {
  try {
    return readBundledApp(clientText, clientName)
  } catch (error) {
    return stopWith(messageOf(error))
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function stopWith(why: string): never {
  process.stderr.write(`The sandbox cannot start: ${why}\n`)
  process.exit(1)
}
