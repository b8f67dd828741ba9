import { describe, expect, test } from 'vitest'
import { signInAs, visit } from '../test/browse.ts'
import { startTrial } from '../test/running.ts'

describe('looking around', () => {
  test('jobs are searched and filtered by state', async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const drafts = await mariana.get('/backend/jobs?state=draft')
    expect(drafts.text).toContain('Yard Marshal')
    expect(drafts.text).not.toContain('HGV Driver')
    expect((await mariana.get('/backend/jobs?q=tRn%2F201')).text).toContain('1 job<')
    expect((await mariana.get('/backend/jobs?q=nonsense')).text).toContain('No job fits.')
  })

  test('the addresses that the API gives lead to the job and the candidate', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const { text } = await trial.api(token, '/candidates?limit=1')
    const page = await mariana.get(/"profile_url":"http:\/\/[^/]+([^"]+)"/.exec(text)?.[1] ?? '')
    expect(page.status).toBe(200)
    expect(page.text).toContain(/"name":"([^"]+)"/.exec(text)?.[1])
    expect((await mariana.get('/jobs/5986327')).headers.location).toBe('/backend/jobs/5986327')
    expect((await mariana.get('/backend/jobs/5986327')).text).toContain('Warehouse Operations Manager')
  })

  test('a host without an account, and one whose account is suspended, say so', async () => {
    const trial = await startTrial()
    expect((await visit(trial.port, 'nobody').get('/backend')).status).toBe(404)
    const suspended = await visit(trial.port, 'dunmore').get('/backend/sign-in')
    expect([suspended.status, suspended.text.includes('suspended')]).toEqual([403, true])
  })

  test('the base host lists the accounts', async () => {
    const trial = await startTrial()
    const { text } = await trial.control('/../')
    expect(text).toContain(`http://larkfield.workable.localhost:${trial.port}/backend`)
  })
})

describe('long lists', () => {
  test('come in pages that keep the filter, and a page that does not exist is the last', async () => {
    const trial = await startTrial()
    await trial.control('/accounts/quietwater/jobs', {
      method: 'POST',
      body: { count: 120, like: { title: 'Baker', state: 'draft' } },
    })
    const ines = visit(trial.port, 'quietwater')
    await signInAs(ines, 'Ines')
    const first = await ines.get('/backend/jobs?state=draft&q=baker')
    expect(first.text).toContain('1 to 50 of 120 jobs')
    expect(first.text).toContain('/backend/jobs?state=draft&amp;q=baker&amp;page=2')
    expect((await ines.get('/backend/jobs?page=99')).text).toContain('101 to 120 of 120 jobs')
  })
})
