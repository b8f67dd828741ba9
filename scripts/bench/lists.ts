import type { BenchApp } from './app.ts'
import { comparedPages, type Figure } from './measure.ts'
import { seedEvents, seedWorkspace } from './seed.ts'

/** The positions' first page: 10,000 of them beside 50. */
export async function positionsFigure({ appUrl }: BenchApp): Promise<Figure> {
  const pages = [await seedWorkspace(50), await seedWorkspace(10_000)].map(({ slug, cookie }) => ({
    url: `${appUrl}/w/${slug}/positions`,
    cookie,
  }))
  return comparedPages(pages, {
    what: 'positions: 10,000 beside 50, a page of 25',
    beside: 'a page of 50 positions',
    bound: 1.3,
  })
}

/** The audit log's first page: a million entries beside a thousand. */
export async function auditFigure({ appUrl }: BenchApp): Promise<Figure> {
  const [few, many] = [await seedWorkspace(1), await seedWorkspace(1)]
  await seedEvents(few, 1_000)
  await seedEvents(many, 1_000_000)
  const pages = [few, many].map(({ slug, cookie }) => ({ url: `${appUrl}/w/${slug}/settings/audit`, cookie }))
  return comparedPages(pages, {
    what: 'audit log: 1,000,000 beside 1,000, first page',
    beside: 'the first of 1,000 entries',
    bound: 1.5,
  })
}
