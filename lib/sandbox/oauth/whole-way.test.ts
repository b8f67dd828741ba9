import { expect, test } from 'vitest'
import { ask } from '../test/ask.ts'
import { registerApp } from '../test/oauth.ts'
import { startTrial } from '../test/running.ts'

/** What a client does from the click to the revocation, with nothing but HTTP: no library that would be kind to us. */
test('a client that knows only the documentation gets from the click to the revocation', async () => {
  const trial = await startTrial()
  const { id, secret } = await registerApp(trial, { redirect_uris: ['https://client.example/cb'] })
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const www = (path: string, options: Parameters<typeof ask>[2] = {}) =>
    ask(trial.port, path, { host: 'www', ...options })
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    www(path, { method: 'POST', headers: { ...form, ...headers }, body })

  const query = `client_id=${id}&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&resource=user&response_type=code&scope=r_jobs+r_candidates+w_candidates&state=s1`
  const entered = await post(
    '/oauth/sign-in',
    `email=grace%40acme.example&request=${encodeURIComponent(query)}`,
  )
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? ''
  expect(String(entered.headers['set-cookie'])).toMatch(/; Path=\/oauth; HttpOnly; SameSite=Lax$/)
  const question = await www(entered.headers.location ?? '', { headers: { Cookie: cookie } })
  const ticket = /name="ticket" value="([^"]+)"/.exec(question.text)?.[1]
  const back = await post('/oauth/authorize', `ticket=${ticket}&decision=allow`, { Cookie: cookie })
  const [, code] =
    /^https:\/\/client\.example\/cb\?code=([^&]+)&state=s1$/.exec(back.headers.location ?? '') ?? []

  const client = `client_id=${id}&client_secret=${secret}`
  const exchange = `grant_type=authorization_code&code=${code}&redirect_uri=https%3A%2F%2Fclient.example%2Fcb`
  const first = JSON.parse((await post('/oauth/token', `${client}&${exchange}`)).text)
  const accounts = (token: string) =>
    www('/spi/v3/accounts', { headers: { Authorization: `Bearer ${token}` } })
  const { subdomain } = JSON.parse((await accounts(first.access_token)).text).accounts[0]
  const jobs = await trial.api(first.access_token, '/jobs?limit=1', { host: subdomain })
  expect([subdomain, jobs.status]).toEqual(['acme', 200])

  trial.wait(7_200_000)
  expect((await accounts(first.access_token)).status).toBe(401)
  const renewal = `${client}&grant_type=refresh_token&refresh_token=${first.refresh_token}`
  const second = JSON.parse((await post('/oauth/token', renewal)).text)
  expect((await accounts(second.access_token)).status).toBe(200)
  expect((await post('/oauth/token', renewal)).status).toBe(401)

  const revoked = await post('/oauth/revoke', `${client}&token=${second.refresh_token}`)
  expect([revoked.status, revoked.text]).toEqual([200, '{}'])
  expect((await accounts(second.access_token)).status).toBe(401)
  expect((await trial.control('/oauth/grants?alive=true')).json).toMatchObject({ grants: [] })
})
