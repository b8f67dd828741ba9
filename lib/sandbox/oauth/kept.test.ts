import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startSandbox } from '../server.ts'
import { ask } from '../test/ask.ts'
import { allow, CALLBACK, registerApp, signedIn } from '../test/oauth.ts'
import { startTrial } from '../test/running.ts'
import { readBundledApp } from './bundled-app.ts'

const emptyDir = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

describe('over a restart', () => {
  test('app, code, tokens and switches are still there', async () => {
    const dir = await emptyDir()
    const first = await startTrial({ dir })
    await first.set({ accessTokenSeconds: 90_000 })
    const before = await registerApp(first, { client_id: 'kept', client_secret: 'well' })
    const { access_token, refresh_token } = await before.pair()
    const code = await allow(await signedIn(first, 'mariana@larkfield.example'), before.query())
    await first.stop()
    const second = await startTrial({ dir })
    expect((await second.api(access_token, '/accounts', { host: 'www' })).status).toBe(200)
    const send = (fields: Record<string, string>) =>
      ask(second.port, '/oauth/token', {
        host: 'www',
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ client_id: 'kept', client_secret: 'well', ...fields }),
      })
    const fields = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }
    expect(JSON.parse((await send(fields)).text)).toHaveProperty('expires_in', 90_000)
    expect((await send(fields)).text).toContain('invalid_grant')
    expect((await send({ grant_type: 'refresh_token', refresh_token })).status).toBe(200)
  })

  test('a file from before OAuth existed is read, with nothing in its place', async () => {
    const dir = await emptyDir()
    const first = await startTrial({ dir })
    const { token } = await first.token('acme')
    await first.stop()
    const file = join(dir, 'state.json')
    const saved = JSON.parse(await readFile(file, 'utf8'))
    const older = Object.fromEntries(Object.entries(saved).filter(([name]) => !name.startsWith('oauth')))
    for (const name of Object.keys(saved.lastIds)) if (name.startsWith('oauth')) delete saved.lastIds[name]
    await writeFile(
      file,
      JSON.stringify({ ...older, lastIds: saved.lastIds, switches: { retryAfter: true } }),
    )
    const second = await startTrial({ dir })
    expect((await second.api(token, '/accounts', { host: 'acme' })).status).toBe(200)
    expect((await second.control('/switches')).json).toMatchObject({
      retryAfter: true,
      refreshRotation: 'on_use',
    })
    expect(await (await registerApp(second)).pair()).toHaveProperty('refresh_token')
  })
})

test('setting back takes every app, grant and session away', async () => {
  const trial = await startTrial()
  const app = await registerApp(trial)
  const { access_token } = await app.pair()
  const mariana = await signedIn(trial, 'mariana@larkfield.example')
  await trial.control('/reset', { method: 'POST' })
  expect((await trial.api(access_token, '/accounts', { host: 'www' })).status).toBe(401)
  expect((await trial.control('/oauth/clients')).json).toEqual({ clients: [] })
  expect((await mariana.get('/oauth/authorized_applications')).text).toContain('Sign in to Workable')
})

describe('the app that is there from the start', () => {
  const wanted = readBundledApp(
    'demo:secret-one:http://127.0.0.1:3000/cb,http://localhost:3000/cb',
    'Demo partner',
  )

  test('is read from one line, and a line that is wrong is told', () => {
    expect(wanted).toEqual({
      clientId: 'demo',
      secret: 'secret-one',
      name: 'Demo partner',
      redirectUris: ['http://127.0.0.1:3000/cb', 'http://localhost:3000/cb'],
    })
    for (const text of [
      'demo',
      'demo:secret',
      'demo:secret:',
      'demo:secret:/cb',
      ':secret:http://a.example/',
    ])
      expect(() => readBundledApp(text, 'x')).toThrow('SANDBOX_OAUTH_CLIENT')
  })

  test('is there after setting back, and is brought up to date at the next start', async () => {
    const dir = await emptyDir()
    const listOf = async (port: number) => (await ask(port, '/_control/oauth/clients')).text
    const first = await startSandbox({ port: 0, dir, oauthApp: wanted })
    await ask(first.port, '/_control/reset', { method: 'POST' })
    expect(await listOf(first.port)).toContain('"client_id":"demo"')
    await first.stop()
    const moved = { ...wanted, secret: 'secret-two', redirectUris: ['http://127.0.0.1:3001/cb'] }
    const second = await startSandbox({ port: 0, dir, oauthApp: moved })
    onTestFinished(() => second.stop())
    const { clients } = JSON.parse(await listOf(second.port))
    expect(clients).toMatchObject([
      {
        client_id: 'demo',
        redirect_uris: [...wanted.redirectUris, 'http://127.0.0.1:3001/cb'],
        secrets: [{}],
      },
    ])
    const errorWith = async (client_secret: string) =>
      (
        await ask(second.port, '/oauth/token', {
          host: 'www',
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({
            grant_type: 'refresh_token',
            refresh_token: 'x',
            client_id: 'demo',
            client_secret,
          }),
        })
      ).text
    expect(await errorWith('secret-one')).toContain('invalid_client')
    expect(await errorWith('secret-two')).toContain('invalid_grant')
  })
})
