import { describe, expect, test } from 'vitest'
import { startTrial } from './test/running.ts'

describe('the ledger', () => {
  test('has method, host, path, status, token and scope of each request, and never a token', async () => {
    const trial = await startTrial()
    const { id, token } = await trial.token('larkfield', { scopes: ['r_jobs'] })
    await trial.api(token, '/jobs?limit=1')
    await trial.api(token, '/candidates?limit=1')
    const rows = await trial.ledger()
    expect(rows).toMatchObject([
      {
        method: 'GET',
        host: `larkfield.workable.localhost:${trial.port}`,
        path: '/spi/v3/jobs?limit=1',
        status: 200,
        tokenId: id,
        scope: { needed: 'r_jobs', held: true },
      },
      {
        path: '/spi/v3/candidates?limit=1',
        status: 403,
        tokenId: id,
        scope: { needed: 'r_candidates', held: false },
      },
    ])
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('is read from a place on, by token and by path, and emptied', async () => {
    const trial = await startTrial()
    const { id, token } = await trial.token('larkfield')
    for (const path of ['/jobs', '/stages', '/members']) await trial.api(token, path)
    expect((await trial.control('/ledger?since=2')).json).toHaveProperty('entries.0.path', '/spi/v3/members')
    expect((await trial.control('/ledger?path=/spi/v3/st')).json).toMatchObject({
      entries: [{ path: '/spi/v3/stages' }],
    })
    expect((await trial.control(`/ledger?token=${Number(id) + 1}`)).json).toEqual({ entries: [] })
    expect((await trial.control('/counters')).json).toMatchObject({
      requests: { total: 3, byStatus: { 200: 3 } },
    })
    await trial.control('/ledger', { method: 'DELETE' })
    expect((await trial.control('/counters')).json).toMatchObject({ requests: { total: 0 } })
  })
})
