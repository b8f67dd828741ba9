import { setTimeout as sleep } from 'node:timers/promises'
import { expireAll } from './connected.ts'
import { type Ask, browserOf, type Person } from './people.ts'
import type { Stage } from './table.ts'

/** A form that was answered as one that is kept: its walk, and what has to be in it from then on. */
export type Form = { session: string; answers: Record<string, string> }

/** What people at their browsers have seen. */
export type Load = {
  answers: number
  /** What was not answered as it should be. */
  odd: string[]
  forms: Form[]
}

/**
 * People who read pages and send forms, one after the other without a pause that matters, until `stop` is called; who then still wait for
 * what they have asked for.
 */
export function startLoad(stage: Stage, people: readonly Person[], origin: string) {
  const load: Load = { answers: 0, odd: [], forms: [] }
  let going = true
  const again = async (turn: () => Promise<void>, pauseMs: number) => {
    for (; going; await sleep(pauseMs)) await turn()
  }
  const loops = people.flatMap(person => {
    const seen = asking(load, browserOf(person, origin))
    return [
      again(() => readPages(person, seen), 100),
      again(() => walkAWay(person, seen, load), 200),
      again(visitsLinked(stage, person, seen), 1_000),
    ]
  })
  return {
    stop: async (): Promise<Load> => {
      going = false
      await Promise.all(loops)
      return load
    },
  }
}

type Wanted = { status: number; body?: string; location?: RegExp }
type Seen = (path: string, wanted: Wanted, form?: Record<string, string>) => Promise<string | undefined>

/** Asks, and remembers what was not answered as it should be. Gives where a form led to. */
function asking(load: Load, ask: Ask): Seen {
  return async (path, { status, body = '', location = /^/ }, form) => {
    const answer = await ask(path, form)
    load.answers++
    const to = answer.headers.location ?? ''
    if (answer.status === status && answer.body.includes(body) && location.test(to)) return to
    load.odd.push(`${path}: ${answer.status} ${to}`)
    return undefined
  }
}

async function readPages({ workspace, linked }: Person, seen: Seen): Promise<void> {
  await seen(`${workspace}/positions`, { status: 200, body: 'Customs Declarant' })
  const [first] = linked
  await seen(`${workspace}/integrations/workable/${first?.of.id}`, { status: 200, body: 'larkfield' })
}

/** New authentication, How, and Are you an admin. */
async function walkAWay({ workspace }: Person, seen: Seen, { forms }: Load): Promise<void> {
  const start = { status: 303, location: /^\/link\/[\w-]{36}\/how$/ }
  const to = await seen(`${workspace}/integrations/workable/new-authentication`, start, {
    environment: 'sandbox',
  })
  const [, session] = /^\/link\/([\w-]{36})\//.exec(to ?? '') ?? []
  if (!session) return
  forms.push({ session, answers: {} })
  await seen(`/link/${session}/how`, { status: 200 })
  const steps = [
    ['how/choose', { way: 'api_key' }, /\/admin$/],
    ['admin/answer', { admin: 'me' }, /\/permissions$/],
  ] as const
  for (const [step, answers, location] of steps) {
    if (await seen(`/link/${session}/${step}`, { status: 303, location }, answers))
      forms.push({ session, answers })
  }
}

/** Looks at a position whose candidates are read live, by turns, with a token that has just ended. */
function visitsLinked(stage: Stage, { workspace, linked }: Person, seen: Seen): () => Promise<void> {
  let turn = 0
  return async () => {
    const next = linked[turn++ % linked.length]
    if (!next) return
    await expireAll(stage, [next.of])
    await seen(`${workspace}/positions/${next.position}`, {
      status: 200,
      body: 'Nothing of it is stored here.',
    })
  }
}
