import { parseContext } from '#lib/ats/hosts.ts'
import type { Field } from '#lib/connectors/manifest.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { invalid, type Problems } from '#lib/errors.ts'
import type { Walk } from './read.ts'

/** What a form sent, by field id: strings as they came, at the size limit of the edge. */
export type Typed = Record<string, string>

export type Understood = {
  values: Record<string, string>
  /** What was typed where something else was understood. */
  typedAs: Record<string, string>
  secret: { id: string; value: Secret; lastFour: string } | undefined
}

/**
 * Parses the fields of a key form or of one screen, by the manifest's own parsers: the wizard's screens and the one form of
 * New authentication go through here alike. Throws `invalid` with a sentence at each field that is wrong.
 * `keptSecret`: an empty secret field is fine, since the one that was typed before is still sealed.
 */
export function parseFields(
  walk: Walk,
  fields: readonly Field[],
  typed: Typed,
  keptSecret: boolean,
): Understood {
  const { connector, environment } = walk
  if (!connector || !environment) return { values: {}, typedAs: {}, secret: undefined }
  const others = { ...walk.progress.answers.fields }
  const problems: Problems = {}
  const understood: Understood = { values: {}, typedAs: {}, secret: undefined }
  for (const field of fields) {
    const input = typed[field.id] ?? ''
    const empty = input.trim() === ''
    if (empty && (field.optional || (field.kind === 'secret' && keptSecret))) continue
    const context = parseContext(connector.manifest, environment, { ...others, ...understood.values })
    const problem = take(understood, field, input, context)
    if (!problem) continue
    problems[field.id] = {
      key: `${connector.manifest.id}.problems.${problem.name}`,
      ...(problem.values ? { values: problem.values } : {}),
    }
  }
  if (Object.keys(problems).length > 0) throw invalid(problems)
  return understood
}

type Problem = { name: string; values?: Record<string, string> }

/** As much of what was typed is shown beside what was understood. */
const longestShown = 200

function take(
  into: Understood,
  field: Field,
  input: string,
  context: Parameters<Field['parse']>[1],
): Problem | undefined {
  if (Buffer.byteLength(input) > field.maxBytes) return { name: 'too_long' }
  const parsed = field.parse(input, context)
  if (!parsed.ok) return { name: parsed.problem, ...(parsed.values ? { values: parsed.values } : {}) }
  if (field.kind === 'secret') {
    into.secret = { id: field.id, value: new Secret(parsed.value), lastFour: lastFourOf(parsed.value) }
    return undefined
  }
  into.values[field.id] = parsed.value
  if (parsed.understood) into.typedAs[field.id] = input.trim().slice(0, longestShown)
  return undefined
}

/** The last four characters are shown later; of a key so short that they would give it away, nothing is. */
const lastFourOf = (key: string): string => (key.length >= 12 ? key.slice(-4) : '')
