import { parseContext } from '#lib/ats/hosts.ts'
import { connectors } from '#lib/connectors/registry.ts'
import { secretFields } from './field-names.ts'

type Typed = Readonly<Record<string, string | undefined>>

/** So much of a form is kept, and so many characters of a field: a pasted book is not. */
const mostFields = 20
const longest = 300

/**
 * What of a form may be kept in the open, to be shown again after a refusal or a sign-in: texts, no secrets. A key in the wrong
 * field is one too, and so is the same text elsewhere.
 */
export function mayKeep(typed: Typed): Record<string, string> {
  const secrets = secretsIn(typed)
  return Object.fromEntries(
    entriesOf(typed)
      .filter(([id, value]) => !secretFields.has(id) && !secrets.some(secret => value.includes(secret)))
      .slice(0, mostFields)
      .map(([id, value]) => [id, value.slice(0, longest)]),
  )
}

/** The fields, other than its own, that hold the key: none of them may be stored as it is. */
export function fieldsWithKey(typed: Typed): string[] {
  const secrets = secretsIn(typed)
  const holdsOne = (value: string) =>
    secrets.some(secret => value.trim() === secret || (secret.length >= 8 && value.includes(secret)))
  return entriesOf(typed).flatMap(([id, value]) => (!secretFields.has(id) && holdsOne(value) ? [id] : []))
}

const entriesOf = (typed: Typed): [string, string][] =>
  Object.entries(typed).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]]))

const secretsIn = (typed: Typed): string[] =>
  entriesOf(typed).flatMap(([id, value]) =>
    secretFields.has(id) || mayBeSecret(id, value) ? wordsOf(value) : [],
  )

/** A key that was pasted twice, or with words around it, is still one. */
function wordsOf(value: string): string[] {
  const words = value.trim().split(/\s+/).filter(Boolean)
  return words.length > 1 ? [value.trim(), ...words.filter(word => word.length >= 12)] : words
}

/** Does the field's own parser take it for a key? */
function mayBeSecret(id: string, value: string): boolean {
  if (id === 'name') return looksLikeKey(value)
  return Object.values(connectors).some(({ manifest }) => {
    const field = manifest.fields.find(each => each.id === id)
    const parsed = field?.parse(value, parseContext(manifest, 'live'))
    return parsed?.ok === false && parsed.conceal === true
  })
}

/** Nobody's name for a connection has a word of so many letters and digits. */
const looksLikeKey = (name: string): boolean =>
  name.split(/\s+/).some(word => /^[\w.~+/=-]{28,}$/.test(word) && /\d/.test(word) && /[a-z]/i.test(word))
