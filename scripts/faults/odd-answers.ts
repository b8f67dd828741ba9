import { refreshConnection } from '#lib/connections/refresh-due.ts'
import { rowOf } from '#lib/connections/testing.ts'
import { comesDue, generations, tried } from '#lib/connections/testing-tokens.ts'
import { sqlClient } from '#lib/db/client.ts'
import { begin, connected, expireAll } from './connected.ts'
import type { Fault, Stage } from './table.ts'
import { use } from './verbs.ts'

const reply = { token_type: 'bearer', expires_in: 7200, refresh_token: 'r'.repeat(43) }
const status = (body: unknown, more: Record<string, unknown> = {}) => ({
  kind: 'status',
  status: 200,
  body,
  ...more,
})

/** What a token endpoint may say that is no token reply. */
const answers: Record<string, Record<string, unknown>> = {
  'a page of HTML': { kind: 'html' },
  'an empty body': status(''),
  'half of the JSON': { kind: 'truncated' },
  'broken JSON': { kind: 'truncated', cut: false },
  '5 MB of JSON': { kind: 'huge', bytes: 5 * 1024 * 1024 },
  'no access_token': status(reply),
  'a number as access_token': status({ ...reply, access_token: 7 }),
  'null as access_token': status({ ...reply, access_token: null }),
  'a list as access_token': status({ ...reply, access_token: ['x'] }),
  'a token with a line break': status({ ...reply, access_token: 'abc\r\nx: y' }),
  'the wrong content type': status(JSON.stringify({ ...reply, access_token: 'a'.repeat(43) })),
  'a way to a login': { kind: 'redirect', location: 'https://www.example.com/login' },
  'a list': status('[]', { headers: { 'content-type': 'application/json' } }),
  'an error under 200': status({ error: 'invalid_grant' }),
}

/** F-07: what comes back is no token reply. */
export const oddAnswers: Fault = {
  id: 'F-07',
  run: async (stage, size) => {
    // Five that get no clear answer would be an outage of the app.
    const [runs, apps] = size === 'short' ? [1, 1] : [4, 3]
    const wrong: string[] = []
    const kinds = Object.entries(answers)
    for (const [name, fault] of kinds) {
      for (let app = 0; app < apps; app++) wrong.push(...(await answered(stage, runs, name, fault)))
    }
    return [
      {
        runs: runs * apps * kinds.length,
        asked: `${kinds.length} answers that are no token reply: nothing written, the pair kept, tried again, then fresh`,
        seen: wrong.length === 0 ? 'nothing written, all fresh afterwards' : [...new Set(wrong)].join(', '),
        holds: wrong.length === 0,
      },
    ]
  },
}

/** Has so many connections be answered so. Gives what was wrong. */
async function answered(stage: Stage, runs: number, name: string, fault: Record<string, unknown>) {
  const wrong: string[] = []
  // A server that has acted, and whose answer was no use, forgives it here: else that would be F-04's loss.
  await begin(stage, { refreshRotation: 'on_use' })
  const { ids, made } = await connected(stage, runs)
  await expireAll(stage, made)
  await stage.sandbox.fault('/oauth/token', fault, null)
  // Two failures lie behind: the next try is not waited for.
  await afterTwoFailures(ids)
  for (const id of ids) await refreshConnection(id)
  for (const id of ids) if (!(await isUntouched(id))) wrong.push(name)
  await stage.sandbox.heal()
  for (const id of ids) await comesDue(id)
  for (const id of ids) await refreshConnection(id)
  for (const id of ids) if (typeof (await use(id)) !== 'number') wrong.push(`${name}, afterwards`)
  return wrong
}

async function afterTwoFailures(ids: string[]): Promise<void> {
  await sqlClient()`update connections set refresh_failures = 2 where id = any(${ids}::uuid[])`
}

async function isUntouched(id: string): Promise<boolean> {
  const row = await rowOf(id)
  const outcomes = await tried(id)
  return (
    row.version === 1 &&
    row.status === 'active' &&
    row.refreshLease === null &&
    (await generations(id)) === 1 &&
    outcomes.length === 1 &&
    outcomes[0] === 'unclear'
  )
}
