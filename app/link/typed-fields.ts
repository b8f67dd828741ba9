import { z } from 'zod'
import { typedNames } from '#lib/link-sessions/field-names.ts'

/** More characters than this were typed by nobody; what is too long for its field is said at the field. */
const longest = 16_384

/** What a form of the key may send: each field of the manifests at most once, as text. */
export const typedFields = z
  .partialRecord(z.enum(typedNames), z.string().max(longest))
  .transform(typed => Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value ?? ''])))
