import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startTrial, type Trial } from '../test/running.ts'

const pageSchema = z.object({
  jobs: z.array(z.object({ id: z.string() })).optional(),
  candidates: z.array(z.object({ id: z.string() })).optional(),
  paging: z.object({ next: z.string() }).optional(),
})

async function walk(trial: Trial, token: string, first: string): Promise<{ ids: string[]; nexts: string[] }> {
  const ids: string[] = []
  const nexts: string[] = []
  let path: string | undefined = first
  while (path !== undefined) {
    const page = pageSchema.parse((await trial.api(token, path)).json)
    ids.push(...(page.jobs ?? page.candidates ?? []).map(item => item.id))
    const { next } = page.paging ?? {}
    if (next !== undefined) nexts.push(next)
    path = next?.split('/spi/v3')[1]
  }
  return { ids, nexts }
}

describe('lists in pages, as section 5 has them', () => {
  test('all pages together are the list, each record once, in ascending order', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { ids } = await walk(trial, token, '/jobs?limit=9')
    expect(ids).toHaveLength(38)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => Number.parseInt(a, 16) - Number.parseInt(b, 16)))
  })

  test('next is absolute and begins with the first record of the next page; the last page has no paging', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const all = await walk(trial, token, '/jobs?limit=100')
    const { nexts } = await walk(trial, token, '/jobs?limit=20')
    expect(nexts).toEqual([
      `http://larkfield.workable.localhost:${trial.port}/spi/v3/jobs?limit=20&since_id=${all.ids[20]}`,
    ])
    expect((await trial.api(token, '/jobs?limit=100')).json).not.toHaveProperty('paging')
  })

  test('a page that is exactly full is the last where nothing follows', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    expect((await trial.api(token, '/jobs?limit=38')).json).not.toHaveProperty('paging')
  })

  test('filters go along to the next page', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { ids, nexts } = await walk(trial, token, '/jobs?limit=2&state=closed')
    expect(ids).toHaveLength(4)
    expect(nexts[0]).toContain('&state=closed')
  })

  test('since_id and max_id include the record that they name', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { json } = await trial.api(token, '/jobs?since_id=5b5cea&max_id=5b5ceb')
    expect(json).toMatchObject({ jobs: [{ id: '5b5cea' }, { id: '5b5ceb' }] })
  })

  test('the limit is 50 unless said, and 100 at most', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    expect(pageSchema.parse((await trial.api(token, '/candidates')).json).candidates).toHaveLength(50)
    expect(pageSchema.parse((await trial.api(token, '/candidates?limit=500')).json).candidates).toHaveLength(
      100,
    )
  })

  test("under a shortcode the next page has the job's old path, and the walk still gives each once", async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { ids, nexts } = await walk(trial, token, '/candidates?shortcode=C40F17E2AA&limit=80')
    expect(nexts[0]).toMatch(
      new RegExp(
        `^http://larkfield\\.workable\\.localhost:${trial.port}/spi/v3/jobs/C40F17E2AA/candidates\\?limit=80&since_id=[0-9a-f]+$`,
      ),
    )
    expect(new Set(ids).size).toBe(304)
    await trial.set({ nextPageUnderJob: false, rateLimit: false })
    const plain = await walk(trial, token, '/candidates?shortcode=C40F17E2AA&limit=80')
    expect(plain.nexts[0]).toContain('/spi/v3/candidates?limit=80&since_id=')
    expect(plain.ids).toEqual(ids)
  })

  test('times are understood as ISO 8601, in its basic form, and as Unix time', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const forms = ['2026-07-20T00:00:00Z', '20260720T000000Z', String(Date.UTC(2026, 6, 20) / 1000)]
    const lists = await Promise.all(forms.map(form => walk(trial, token, `/jobs?created_after=${form}`)))
    expect(lists[0]?.ids.length).toBeGreaterThan(0)
    expect(lists[1]).toEqual(lists[0])
    expect(lists[2]).toEqual(lists[0])
  })

  test('updated_after finds what was changed since', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    trial.wait(3_600_000)
    await trial.control('/accounts/larkfield/candidates/27270275', {
      method: 'PATCH',
      body: { headline: 'Changed' },
    })
    const { json } = await trial.api(token, '/candidates?updated_after=2026-07-23T19:30:00Z')
    expect(json).toMatchObject({ candidates: [{ id: '27270275' }] })
  })

  test.each(['limit=x', 'limit=0', 'since_id=xyz', 'created_after=yesterday', 'state=open'])(
    '%s is refused, so that the mistake shows',
    async query => {
      const trial = await startTrial()
      const { token } = await trial.token('larkfield')
      expect((await trial.api(token, `/jobs?${query}`)).status).toBe(422)
    },
  )
})
