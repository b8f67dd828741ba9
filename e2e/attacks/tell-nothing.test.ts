import type { APIResponse } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { ask } from './ask.ts'

// Taken out with: `secretFields` in `lib/link-sessions/may-keep.ts`, so that a refused key would stand in its field again.
test('A-093 no page, as HTML, for React or as a script, holds the key that was typed, in the wrong field neither', async ({
  request,
  stack,
  product,
  sandbox,
  team,
  account,
}) => {
  test.slow()
  const { token: key } = await sandbox.token(account.subdomain)
  const as = team.people.owner
  const position = await product.newPosition(team, 'Baker')
  const session = await product.newWalk(team, as, position.id)
  const walk = `/link/${session}`
  const seen: string[] = []
  const scripts = new Set<string>()

  const keep = async (answer: APIResponse): Promise<string> => {
    const text = await answer.text()
    seen.push(`${answer.url()} ${JSON.stringify(answer.headers())} ${text}`)
    for (const [script] of text.matchAll(/\/_next\/static\/[\w./~-]+\.js/g)) scripts.add(script)
    return text
  }
  const press = async (form: string, fields: Record<string, string>) =>
    keep(await ask(request, stack, 'POST', `${walk}/${form}`, { as, fields }))
  const look = async (path: string): Promise<string> => {
    const html = await keep(await ask(request, stack, 'GET', path, { as }))
    const forReact = { as, headers: { rsc: '1' } }
    const sent = await ask(request, stack, 'GET', path, forReact)
    await keep(sent)
    const { location } = sent.headers()
    if (location) await keep(await ask(request, stack, 'GET', location, forReact))
    return html
  }

  await press('ats/pick', { ats: 'workable/sandbox' })
  await press('how/choose', { way: 'api_key' })
  await press('admin/answer', { admin: 'me' })
  await press('permissions/agree', { permissions: 'read_write' })
  await press('enter/subdomain/save', { subdomain: `Bearer ${key}` })
  await look(`${walk}/enter/subdomain`)
  await press('enter/subdomain/save', { subdomain: account.subdomain })
  await press('enter/api_key/save', { api_key: `${key} ${key}`, name: key })
  await look(`${walk}/enter/api_key`)
  await press('enter/api_key/save', { api_key: key })
  await expect(async () => {
    expect(await look(`${walk}/check`)).toContain('check/confirm')
  }).toPass({ timeout: 60_000 })
  await look(`${walk}/enter/api_key`)
  await press('check/confirm', {})
  await look(`${walk}/job`)

  const [connection] = await product.sql`select id from connections where workspace_id = ${team.workspaceId}`
  expect(connection).toBeDefined()
  const home = `/w/${team.slug}`
  const own = `${home}/integrations/workable/${connection?.id}`
  for (const path of [
    `${home}/positions`,
    position.path,
    `${position.path}/settings`,
    `${home}/integrations`,
  ])
    await look(path)
  for (const tab of ['', '/activity', '/permissions', '/positions']) await look(own + tab)
  for (const path of ['/api/auth/session', '/account', `${home}/settings`, '/not-there']) await look(path)

  expect(scripts.size).toBeGreaterThan(0)
  for (const script of scripts) {
    await keep(await request.get(script))
    expect((await request.get(`${script}.map`)).status()).toBe(404)
  }
  expect(product.leaksIn(seen.join('\n'), key)).toEqual([])
  expect(seen.join('\n')).not.toContain(key.slice(0, 12))
})
