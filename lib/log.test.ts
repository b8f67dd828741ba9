import { PassThrough } from 'node:stream'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { users } from '#lib/db/schema/index.ts'
import { log } from './log.ts'

// Taken out with: `describeError` in `log.ts`.
test('A-092: a failed query is logged without the values in it', async () => {
  const written: string[] = []
  const stream = new PassThrough().on('data', chunk => written.push(String(chunk)))
  const serializers = (log as unknown as Record<symbol, Record<string, (error: unknown) => unknown>>)[
    pino.symbols.serializersSym
  ]
  if (!serializers) throw new Error('no serializers')
  const seen = pino({ serializers }, stream)
  const failure = await db()
    .select()
    .from(users)
    .where(eq(users.id, 'CNRY-not-a-uuid'))
    .catch(error => error)
  seen.error({ err: failure }, 'it failed')
  expect(written.join()).toContain('Failed query')
  expect(written.join()).not.toContain('CNRY')
})
