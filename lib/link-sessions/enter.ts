import type { UserActor } from '#lib/actors.ts'
import { parseContext } from '#lib/ats/hosts.ts'
import { requestCandidateCheck } from '#lib/checks/request.ts'
import type { Field } from '#lib/connectors/contract.ts'
import { connectors } from '#lib/connectors/registry.ts'
import type { Tx } from '#lib/db/client.ts'
import { invalid } from '#lib/errors.ts'
import { keepCandidate } from './candidate-credential.ts'
import { parseFields, type Typed } from './parse-fields.ts'
import type { Walk } from './read.ts'
import type { StepId } from './steps.ts'
import { type Changes, takeStep } from './take-step.ts'

/** Fields that are never kept outside of a seal, of whatever connector. */
const secretFields = new Set(
  Object.values(connectors).flatMap(({ manifest }) =>
    manifest.fields.filter(field => field.kind === 'secret').map(field => field.id),
  ),
)

/** Longest name of a connection, in characters. */
const longestName = 80

type Input = { sessionId: string; typed: Typed }

/** One screen of the wizard: the field it is named after and those folded away on it. */
export function enterField(user: UserActor, input: Input & { field: string }): Promise<StepId> {
  return takeStep(user, input.sessionId, `enter/${input.field}`, withoutSecrets(input), (tx, walk) => {
    const all = walk.connector?.manifest.fields ?? []
    const fields = all.filter(field => field.id === input.field || field.screen === input.field)
    return enter(tx, walk, fields, input.typed)
  })
}

/** The one form of New authentication: every field of the manifest at once. */
export function enterForm(user: UserActor, input: Input): Promise<StepId> {
  return takeStep(user, input.sessionId, 'enter', withoutSecrets(input), (tx, walk) =>
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
  const { values, secret } = parseFields(walk, fields, typed, progress.hasCandidate)
  const name = nameFrom(typed)
  const kept = { ...without(progress.answers.fields ?? {}, fields), ...values }
  const answers = { fields: kept, ...(name === undefined ? {} : { name }) }
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

/**
 * What may be shown again after a refusal: everything but secrets, capped so that a pasted book is not kept. A key in the wrong field is
 * one too, and so is the same text elsewhere.
 */
function withoutSecrets({ typed }: Input): Record<string, string> {
  const entries = Object.entries(typed)
  const secrets = entries.flatMap(([id, value]) =>
    value.trim() && (secretFields.has(id) || mayBeSecret(id, value)) ? [value.trim()] : [],
  )
  return Object.fromEntries(
    entries
      .filter(([id, value]) => !secretFields.has(id) && !secrets.some(secret => value.includes(secret)))
      .slice(0, 20)
      .map(([id, value]) => [id, value.slice(0, 300)]),
  )
}

/** Does the field's own parser take it for a key? */
function mayBeSecret(id: string, value: string): boolean {
  return Object.values(connectors).some(({ manifest }) => {
    const parsed = manifest.fields
      .find(field => field.id === id)
      ?.parse(value, parseContext(manifest, 'live'))
    return parsed?.ok === false && parsed.conceal === true
  })
}
