import { spawn } from 'node:child_process'
import { createSecretKey, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { sqlClient } from '../../lib/db/client.ts'
import { root } from '../checks/check.ts'
import type { BenchApp } from './app.ts'
import { type Figure, median, timeOf } from './measure.ts'
import { seedWorkspace } from './seed.ts'
import { seedDataKeys } from './seed-keys.ts'

const dataKeys = 100_000
const mostMinutes = 5
const mostRatio = 1.3

/** 100,000 data keys wrapped anew as `npm run keys -- rotate` does it, and a page of the app meanwhile, beside the same page before and after. */
export async function rewrapFigures({ appUrl }: BenchApp): Promise<Figure[]> {
  const old = randomBytes(32)
  await seedDataKeys(sqlClient(), { id: 'old', key: createSecretKey(old) }, dataKeys)
  const { slug, cookie } = await seedWorkspace(50)
  const page = () => timeOf(`${appUrl}/w/${slug}/positions`, cookie, 20)
  await page()
  const before = [await page(), await page(), await page()]
  const began = performance.now()
  const rotation = rotate(`old:${old.toString('base64')}`)
  const during: number[] = []
  let over = false
  void rotation.finally(() => {
    over = true
  })
  while (!over) during.push(await page())
  await rotation
  const minutes = (performance.now() - began) / 60_000
  const usual = median([...before, await page(), await page(), await page()])
  const [left] = await sqlClient()`select count(*)::int as n from keys.data_keys where kek_id = 'old'`
  const slower = median(during) / usual
  return [
    {
      what: '100,000 data keys wrapped anew',
      ceiling: '-',
      figure: `${minutes.toFixed(1)} min`,
      ratio: '-',
      bound: `${mostMinutes} min`,
      holds: minutes < mostMinutes && left?.n === 0,
    },
    {
      what: 'a page meanwhile',
      ceiling: `${usual.toFixed(1)} ms (before and after)`,
      figure: `${median(during).toFixed(1)} ms`,
      ratio: slower.toFixed(2),
      bound: `${mostRatio}`,
      holds: slower <= mostRatio,
    },
  ]
}

// In a process of its own, as it is. The app's key stays the primary, so that whatever else is measured goes on.
async function rotate(entry: string): Promise<void> {
  const child = spawn(process.execPath, ['scripts/keys.ts', 'rotate'], {
    cwd: root,
    env: { ...process.env, GANGWAY_KEYS: `${process.env.GANGWAY_KEYS},${entry}` },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('the rotation failed')
}
