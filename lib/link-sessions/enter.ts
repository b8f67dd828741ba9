import type { UserActor } from '#lib/actors.ts'
import { requestCandidateCheck } from '#lib/checks/request.ts'
import type { Field } from '#lib/connectors/manifest.ts'
import type { Tx } from '#lib/db/client.ts'
import { invalid } from '#lib/errors.ts'
import { keepCandidate } from './candidate-credential.ts'
import { fieldsWithKey, mayKeep } from './may-keep.ts'
import { parseFields, type Typed } from './parse-fields.ts'
import type { Walk } from './read.ts'
import type { StepId } from './steps.ts'
import { type Changes, takeStep } from './take-step.ts'

/** Longest name of a connection, in characters. */
const longestName = 80

type Input = { sessionId: string; typed: Typed }

/** One screen of the wizard: the field it is named after and those folded away on it. */
export function enterField(user: UserActor, input: Input & { field: string }): Promise<StepId> {
  return takeStep(user, input.sessionId, `enter/${input.field}`, mayKeep(input.typed), (tx, walk) => {
    const all = walk.connector?.manifest.fields ?? []
    const fields = all.filter(field => field.id === input.field || field.screen === input.field)
    return enter(tx, walk, fields, input.typed)
  })
}

/** The one form of New authentication: every field of the manifest at once. */
export function enterForm(user: UserActor, input: Input): Promise<StepId> {
  return takeStep(user, input.sessionId, 'enter', mayKeep(input.typed), (tx, walk) =>
    enter(tx, walk, walk.connector?.manifest.fields ?? [], input.typed),
  )
}

/**
 * The doctor's page: another key pasted there, or, left empty, the sealed one tried once more.
 * Needs no step of its own: it is the check that is asked for again.
 */
export function checkAgain(user: UserActor, input: Input): Promise<StepId> {
  return takeStep(user, input.sessionId, 'check', {}, (tx, walk) => {
    const secret = walk.connector?.manifest.fields.filter(field => field.kind === 'secret') ?? []
    return enter(tx, walk, secret, input.typed)
  })
}

async function enter(tx: Tx, walk: Walk, fields: readonly Field[], typed: Typed): Promise<Changes> {
  const { progress, actor } = walk
  const { values, typedAs, secret } = parseFields(walk, fields, typed, progress.hasCandidate)
  const exposed = fieldsWithKey(typed)
  if (exposed.length > 0)
    throw invalid(Object.fromEntries(exposed.map(id => [id, { key: 'wizard.enter.key_elsewhere' }])))
  const name = nameFrom(typed)
  const kept = { ...without(progress.answers.fields ?? {}, fields), ...values }
  const answers = {
    fields: kept,
    typedAs: { ...without(progress.answers.typedAs ?? {}, fields), ...typedAs },
    ...(name === undefined ? {} : { name }),
  }
  const moved = kept.subdomain !== progress.answers.fields?.subdomain
  const asksForKey = fields.some(field => field.kind === 'secret')
  if (secret) {
    const owned = { id: walk.id, workspaceId: actor.workspaceId }
    const generation = await keepCandidate(tx, owned, secret.value, secret.lastFour)
    await requestCandidateCheck(tx, walk, kept.subdomain ?? '', generation)
  } else if (walk.candidate && (moved || asksForKey)) {
    await requestCandidateCheck(tx, walk, kept.subdomain ?? '', walk.candidate.generation)
  }
  return { answers, hasCandidate: progress.hasCandidate || Boolean(secret) }
}

/** An optional field that was emptied is forgotten, not kept from before. */
function without(values: Record<string, string>, fields: readonly Field[]): Record<string, string> {
  const ids = new Set(fields.map(field => field.id))
  return Object.fromEntries(Object.entries(values).filter(([id]) => !ids.has(id)))
}

function nameFrom(typed: Typed): string | undefined {
  if (typed.name === undefined) return undefined
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const name = typed.name.replace(/[\u0000-\u001f\u007f]/g, ' ').trim()
  if ([...name].length > longestName) throw invalid({ name: { key: 'wizard.enter.name_too_long' } })
  return name
}
