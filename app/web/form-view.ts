import { cookies } from 'next/headers'
import { cookieNames } from '#lib/auth.ts'
import { type Reader, readForm } from '#lib/forms/state.ts'
import type { Say } from '#lib/views.ts'

export type Search = Promise<Readonly<Record<string, string | string[] | undefined>>>

/** A form as it is to be shown: after a refusal with what was typed and the messages, else as it is stored. */
export type FormView = {
  /** What stands in a field: as typed before the refusal, or else `stored`. */
  value(name: string, stored?: string): string
  /** The sentence at a field. */
  error(name: string): string | undefined
  /** All of them, for the summary on top; a field is the id of its input. */
  problems: { field: string; text: string }[]
  refused: boolean
}

/**
 * Reads what a refused form left behind, by `form` in the page's query. `reader` is who is signed in; what the same browser
 * sent while its session had ended is shown too.
 */
export async function formView(say: Say, form: string, search: Search, reader?: Reader): Promise<FormView> {
  const id = (await search).form
  const visitor = (await cookies()).get(cookieNames.visitor)?.value
  const readers = [...(reader ? [reader] : []), ...(visitor ? [{ visitor }] : [])]
  const state = typeof id === 'string' && readers.length > 0 ? await readForm(readers, form, id) : undefined
  const problems = Object.entries(state?.problems ?? {}).map(([field, said]) => ({
    field,
    text: say.said(said),
  }))
  return {
    value: (name, stored = '') => state?.values[name] ?? stored,
    error: name => problems.find(problem => problem.field === name)?.text,
    problems,
    refused: state !== undefined,
  }
}

/**
 * The problems for the summary on top of a form, each with its field's name in front, in the order of `labels` (a field's name →
 * its label); those about the form as a whole come first, as they are.
 */
export function summaryOf(form: FormView, labels: Readonly<Record<string, string>>): FormView['problems'] {
  const whole = form.problems.filter(({ field }) => !(field in labels))
  const named = Object.entries(labels).flatMap(([field, label]) => {
    const text = form.error(field)
    return text ? [{ field, text: `${label}: ${text}` }] : []
  })
  return [...whole, ...named]
}
