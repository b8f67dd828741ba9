import { parseContext } from '#lib/ats/hosts.ts'
import { connectors } from '#lib/connectors/registry.ts'
import { secretFields } from './field-names.ts'

/** So much of a form is kept, and so many characters of a field: a pasted book is not. */
const mostFields = 20
const longest = 300

/**
 * What of a form may be kept in the open, to be shown again after a refusal or a sign-in: texts, no secrets. A key in the wrong
 * field is one too, and so is the same text elsewhere.
 */
export function mayKeep(typed: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(typed).flatMap(([id, value]) =>
    value === undefined ? [] : [[id, value] as const],
  )
  const secrets = entries.flatMap(([id, value]) =>
    value.trim() && (secretFields.has(id) || mayBeSecret(id, value)) ? [value.trim()] : [],
  )
  return Object.fromEntries(
    entries
      .filter(([id, value]) => !secretFields.has(id) && !secrets.some(secret => value.includes(secret)))
      .slice(0, mostFields)
      .map(([id, value]) => [id, value.slice(0, longest)]),
  )
}

/** Does the field's own parser take it for a key? */
function mayBeSecret(id: string, value: string): boolean {
  return Object.values(connectors).some(({ manifest }) => {
    const field = manifest.fields.find(each => each.id === id)
    const parsed = field?.parse(value, parseContext(manifest, 'live'))
    return parsed?.ok === false && parsed.conceal === true
  })
}
