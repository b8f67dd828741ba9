import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readEnv } from '../../lib/env.ts'
import { readBundledApp } from '../../lib/sandbox/oauth/bundled-app.ts'
import type { Home } from './home.ts'
import { bringSandboxApp } from './sandbox-app.ts'

function newHome(): Home {
  const directory = mkdtempSync(path.join(tmpdir(), 'gangway-home-'))
  return { directory, file: name => path.join(directory, name) }
}

const whole = { DATABASE_URL: 'postgres://gangway:pw@db/gangway', AUTH_SECRET: 'x'.repeat(40) }
const appsOf = (variables: Record<string, string>) => {
  const result = readEnv({ ...whole, ...variables })
  if ('mistakes' in result) throw new Error(result.mistakes.join())
  return result.env.OAUTH_APPS
}

test('the sandbox and the product are told the same client, and the redirect URI follows the address', async () => {
  const home = newHome()
  const first = await bringSandboxApp(home, { APP_URL: 'http://localhost:3000', OAUTH_APPS: [] })
  const moved = await bringSandboxApp(home, { APP_URL: 'http://localhost:3001', OAUTH_APPS: [] })
  const [app, ...more] = appsOf(moved.product)
  expect(more).toEqual([])
  expect(app).toMatchObject({ place: 'workable/sandbox', clientId: 'gangway-demo' })
  expect(appsOf(first.product)).toEqual([app])
  const registered = readBundledApp(String(moved.sandbox.SANDBOX_OAUTH_CLIENT), 'x')
  expect(registered).toMatchObject({
    clientId: app?.clientId,
    secret: app?.secret,
    redirectUris: [`http://localhost:3001/api/oauth/${app?.id}/callback`],
  })
})

test('its secret is made for this machine alone, and only its owner reads it', async () => {
  const [here, there] = [newHome(), newHome()]
  const settings = { APP_URL: 'http://localhost:3000', OAUTH_APPS: [] }
  await bringSandboxApp(here, settings)
  await bringSandboxApp(there, settings)
  const secret = readFileSync(here.file('sandbox-app'), 'utf8').trim()
  expect(Buffer.from(secret, 'base64')).toHaveLength(32)
  expect(readFileSync(there.file('sandbox-app'), 'utf8').trim()).not.toBe(secret)
  for (const name of ['sandbox-app', 'oauth-apps']) expect(statSync(here.file(name)).mode & 0o777).toBe(0o600)
})

test('apps that the environment says stay, and one for the sandbox goes before ours', async () => {
  const live = {
    place: 'workable/live',
    id: '6f1f6c1e-3b0a-4c39-9d53-0f3ad7a6a1c2',
    clientId: 'c',
    secret: 's',
  }
  const both = await bringSandboxApp(newHome(), { APP_URL: 'http://localhost:3000', OAUTH_APPS: [live] })
  expect(appsOf(both.product).map(({ place }) => place)).toEqual(['workable/live', 'workable/sandbox'])
  const own = { ...live, place: 'workable/sandbox' }
  const none = await bringSandboxApp(newHome(), { APP_URL: 'http://localhost:3000', OAUTH_APPS: [own] })
  expect(none).toEqual({ sandbox: {}, product: {} })
})
