import { describe, expect, test } from 'vitest'
import { signInAs, visit } from '../test/browse.ts'
import { registerApp, signedIn } from '../test/oauth.ts'
import { startTrial, type Trial } from '../test/running.ts'

const SETTINGS = '/backend/settings/integrations'

async function enter(trial: Trial, account: string, name: string) {
  const visitor = visit(trial.port, account)
  await signInAs(visitor, name)
  return visitor
}

const formOn = (text: string) => ({
  action: /action="(\/backend\/settings\/integrations\/apps\/\d+\/revoke)"/.exec(text)?.[1] ?? '',
  member: /name="member" value="(\d+)"/.exec(text)?.[1] ?? '',
})

describe('connected apps', () => {
  test('an admin sees which app was let in, by whom, since when and for what', async () => {
    const trial = await startTrial()
    const soren = await enter(trial, 'larkfield', 'Søren')
    expect((await soren.get(SETTINGS)).text).toContain('No connected apps.')
    await (await registerApp(trial)).pair()
    const { text } = await soren.get(SETTINGS)
    for (const words of [
      'Brightside People',
      'Let in by Mariana Oyelaran-Whitcombe, since 23 July 2026',
      'Create, update and move candidates',
    ]) {
      expect(text).toContain(words)
    }
    const anneke = await enter(trial, 'larkfield-nl', 'Anneke')
    expect((await anneke.get(SETTINGS)).text).toContain('Brightside People')
    const grace = await enter(trial, 'acme', 'Grace')
    expect((await grace.get(SETTINGS)).text).toContain('No connected apps.')
  })

  test('what an admin revokes is refused at once, and asked for again', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { access_token, refresh_token } = await app.pair()
    const soren = await enter(trial, 'larkfield', 'Søren')
    const { action, member } = formOn((await soren.get(SETTINGS)).text)
    expect((await soren.post(action, { member })).headers.location).toBe(SETTINGS)
    expect((await soren.get(SETTINGS)).text).toContain('No connected apps.')
    expect((await trial.api(access_token, '/accounts')).text).toContain('revoked')
    expect((await app.token({ grant_type: 'refresh_token', refresh_token })).text).toContain('invalid_grant')
    const mariana = await signedIn(trial, 'mariana@larkfield.example')
    expect((await mariana.get(`/oauth/authorize?${app.query()}`)).status).toBe(200)
  })

  test('somebody else, another account and another site revoke nothing', async () => {
    const trial = await startTrial()
    const { access_token } = await (await registerApp(trial)).pair()
    const soren = await enter(trial, 'larkfield', 'Søren')
    const { action, member } = formOn((await soren.get(SETTINGS)).text)
    const jonas = await enter(trial, 'larkfield', 'Jonas')
    const grace = await enter(trial, 'acme', 'Grace')
    expect((await jonas.post(action, { member })).status).toBe(403)
    expect((await grace.post(action, { member })).status).toBe(404)
    expect((await soren.post(action, { member }, { Origin: 'https://evil.example' })).status).toBe(403)
    expect((await soren.post(action, { member: '1' })).status).toBe(404)
    expect((await trial.api(access_token, '/accounts')).status).toBe(200)
  })
})

describe('the apps that a person allowed, on www', () => {
  test('are listed, and revoked by herself', async () => {
    const trial = await startTrial()
    const { access_token } = await (await registerApp(trial)).pair()
    const mariana = await signedIn(trial, 'mariana@larkfield.example')
    const { text } = await mariana.get('/oauth/authorized_applications')
    const action = /action="(\/oauth\/authorized_applications\/\d+\/revoke)"/.exec(text)?.[1] ?? ''
    const soren = await signedIn(trial, 'soren@larkfield.example')
    expect((await soren.get('/oauth/authorized_applications')).text).toContain('No app may use Workable')
    await soren.post(action, {})
    await visit(trial.port, 'www').post(action, {})
    expect((await trial.api(access_token, '/accounts')).status).toBe(200)
    await mariana.post(action, {})
    expect((await trial.api(access_token, '/accounts')).status).toBe(401)
    expect((await mariana.get('/oauth/authorized_applications')).text).toContain('No app may use Workable')
  })

  test('signing out ends the session', async () => {
    const trial = await startTrial()
    const mariana = await signedIn(trial, 'mariana@larkfield.example')
    expect((await mariana.post('/oauth/sign-out', {})).headers.location).toBe(
      '/oauth/authorized_applications',
    )
    expect((await mariana.get('/oauth/authorized_applications')).text).toContain('Sign in to Workable')
  })
})
