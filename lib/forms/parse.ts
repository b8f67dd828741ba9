import type { z } from 'zod'
import { invalid, type Problems } from '#lib/errors.ts'

/** A form as it arrived: one text a field. */
export type Fields = Readonly<Record<string, string | undefined>>

/**
 * Parses a form. A missing field is an empty one. Throws `invalid`, with one problem a field: the issue's message is the key
 * of its sentence.
 */
export function parseForm<T extends z.ZodObject>(schema: T, fields: Fields): z.infer<T> {
  const known = Object.fromEntries(Object.keys(schema.shape).map(name => [name, fields[name] ?? '']))
  const result = schema.safeParse(known)
  if (result.success) return result.data
  const problems: Problems = {}
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? '')
    const key =
      issue.message.startsWith('forms.') || issue.message.includes('.problems.') ? issue.message : 'forms.odd'
    problems[field] ??= 'maximum' in issue ? { key, values: { max: Number(issue.maximum) } } : { key }
  }
  throw invalid(problems)
}
