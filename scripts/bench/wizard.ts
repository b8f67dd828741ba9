import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startLinkSession } from '../../lib/link-sessions/start.ts'
import { root } from '../checks/check.ts'
import type { BenchApp } from './app.ts'
import { comparedPages, type Figure, get } from './measure.ts'
import { seedWorkspace } from './seed.ts'
import { bareWeight, weightOf } from './weigh-scripts.ts'

const mostQueries = 4
const mostKilobytes = 8

/** What a step of the wizard costs: time, queries, scripts. */
export async function wizardFigures(app: BenchApp): Promise<Figure[]> {
  const { owner, cookie } = await seedWorkspace(1)
  const { id } = await startLinkSession(owner, { connector: 'workable', environment: 'live' })
  const step = `${app.appUrl}/link/${id}/how`
  const pages = [`${app.appUrl}/account`, step].map(url => ({ url, cookie }))
  const time = await comparedPages(pages, {
    what: 'wizard step beside an empty page',
    beside: 'signed in, nothing on it',
    bound: 2,
  })
  return [time, await queriesFigure(app, step, cookie), await scriptsFigure(step, cookie)]
}

/** The fewest that any of ten requests needed: what else the process asks the database meanwhile is not the page's. */
async function queriesFigure({ relay }: BenchApp, url: string, cookie: string): Promise<Figure> {
  const seen: number[] = []
  for (let i = 0; i < 10; i++) {
    relay.take()
    await get(url, cookie)
    seen.push(relay.take())
    await sleep(150)
  }
  const queries = Math.min(...seen)
  return {
    what: 'wizard step: queries',
    ceiling: '-',
    figure: String(queries),
    ratio: '-',
    bound: `${mostQueries}`,
    holds: queries > 0 && queries <= mostQueries,
  }
}

async function scriptsFigure(url: string, cookie: string): Promise<Figure> {
  const bare = bareWeight(root)
  const weight = weightOf((await get(url, cookie)).body, path.join(root, '.next'))
  const more = (weight - bare) / 1024
  return {
    what: 'wizard step: scripts, gzip, beside a bare Next build',
    ceiling: `${(bare / 1024).toFixed(1)} KB`,
    figure: `${(weight / 1024).toFixed(1)} KB`,
    ratio: `+${more.toFixed(1)} KB`,
    bound: `+${mostKilobytes} KB`,
    holds: more <= mostKilobytes,
  }
}
