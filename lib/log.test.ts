import { PassThrough } from 'node:stream'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { users } from '#lib/db/schema/index.ts'
import { takeConsole } from './console.ts'
import { log } from './log.ts'

/** What the log writes, into `written`. */
function watched() {
  const written: string[] = []
  const stream = new PassThrough().on('data', chunk => written.push(String(chunk)))
  const serializers = (log as unknown as Record<symbol, Record<string, (error: unknown) => unknown>>)[
    pino.symbols.serializersSym
  ]
  if (!serializers) throw new Error('no serializers')
  return { seen: pino({ serializers }, stream), written }
}

const failedQuery = () =>
  db()
    .select()
    .from(users)
    .where(eq(users.id, 'CNRY-not-a-uuid'))
    .catch(error => error)

// Taken out with: `describeError` in `log.ts`.
test('A-092: a failed query is logged without the values in it', async () => {
  const { seen, written } = watched()
  seen.error({ err: await failedQuery() }, 'it failed')
  expect(written.join()).toContain('Failed query')
  expect(written.join()).not.toContain('CNRY')
})

// Taken out with: `Object.assign(console` in `console.ts`.
test('A-092: nor is it written out by whoever speaks on the console, as Next does of what a page throws', async () => {
  const { seen, written } = watched()
  const { error, warn } = console
  const aloud: unknown[] = []
  Object.assign(console, { error: (...said: unknown[]) => aloud.push(said) })
  try {
    takeConsole(seen)
    const { error: say, warn: mention } = console
    say('\u2a2f', await failedQuery())
    mention('a word of Next\nand more of it')
  } finally {
    Object.assign(console, { error, warn })
  }
  expect(aloud).toEqual([])
  expect(written.join()).toContain('Failed query')
  expect(written.join()).toContain('a word of Next"')
  expect(written.join()).not.toContain('CNRY')
})
