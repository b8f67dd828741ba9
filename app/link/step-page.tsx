import { notFound, redirect } from 'next/navigation'
import { cache, type ReactNode } from 'react'
import { GangwayError } from '#lib/errors.ts'
import { readWalk, type Walk } from '#lib/link-sessions/read.ts'
import { allowedStep, type StepId, stepBefore } from '#lib/link-sessions/steps.ts'
import type { Say } from '#lib/views.ts'
import { type FormView, formView, type Search } from '../web/form-view.ts'
import { personOfPage } from '../web/here.ts'
import { Ended } from './ended.tsx'
import { Frame } from './frame.tsx'
import { formName } from './step-form.ts'

export type StepProps = { params: Promise<{ session: string; field?: string }>; searchParams: Search }

/** All that a screen of the wizard is made from. */
export type At = {
  walk: Walk
  say: Say
  step: StepId
  /** Addresses below the session: `to('how/choose')`. */
  to(below: string): string
  back: { href: string; label: string } | undefined
  /** What a form shows: as typed before a refusal or a sign-in, else as it was answered. */
  form: Pick<FormView, 'value' | 'error'>
  /** A parameter of the address. */
  query(name: string): string | undefined
}

const walkOfPage = cache(async (session: string): Promise<Walk | 'ended'> => {
  const { actor } = await personOfPage()
  try {
    return await readWalk(actor, session)
  } catch (error) {
    if (!(error instanceof GangwayError)) throw error
    if (error.code === 'gone') return 'ended'
    if (error.code === 'not_found') notFound()
    throw error
  }
})

/**
 * A screen of the wizard: for the person whose walk it is, when it may be shown; else she is led to where she stands. A walk
 * that has ended says so, and how to start again.
 */
export async function stepPage(
  props: StepProps,
  stepOf: StepId | ((params: { field?: string }) => StepId),
  render: (at: At) => ReactNode | Promise<ReactNode>,
): Promise<ReactNode> {
  const params = await props.params
  const step = typeof stepOf === 'string' ? stepOf : stepOf(params)
  const { say } = await personOfPage()
  const walk = await walkOfPage(params.session)
  if (walk === 'ended') return <Ended session={params.session} say={say} />
  const allowed = allowedStep(step, walk.progress)
  if (allowed !== step) redirect(`/link/${walk.id}/${allowed}`)
  const at = await atStep(props, walk, say, step)
  return <Frame at={at}>{await render(at)}</Frame>
}

async function atStep(props: StepProps, walk: Walk, say: Say, step: StepId): Promise<At> {
  const to = (below: string) => `/link/${walk.id}/${below}`
  const before = stepBefore(step, walk.progress)
  const query = await props.searchParams
  return {
    walk,
    say,
    step,
    to,
    back: before && { href: to(before), label: say('wizard.back') },
    form: await formOf(props, walk, say, step),
    query: name => (typeof query[name] === 'string' ? query[name] : undefined),
  }
}

async function formOf(props: StepProps, walk: Walk, say: Say, step: StepId): Promise<At['form']> {
  const shown = walk.shown?.step === step ? walk.shown : undefined
  if (!shown) return formView(say, formName(step), props.searchParams)
  return {
    value: (name, stored = '') => shown.values[name] ?? stored,
    error: name => {
      const problem = shown.problems[name]
      return problem && say.said(problem)
    },
  }
}

/** The title of a screen in the browser's tab; `titleOf` names the sentence. */
export const stepTitle =
  (titleOf: string | ((walk: Walk, say: Say, field: string) => string)) => async (props: StepProps) => {
    const { session, field = '' } = await props.params
    const { say } = await personOfPage()
    const walk = await walkOfPage(session)
    if (walk === 'ended') return { title: say('wizard.tab', { page: say('wizard.ended.title') }) }
    const ats = walk.connector?.manifest.name ?? ''
    const page = typeof titleOf === 'string' ? say(titleOf, { ats }) : titleOf(walk, say, field)
    return { title: say('wizard.tab', { page }) }
  }

/** Where a walk stands, for the address without a screen. */
export async function currentOf(session: string): Promise<Walk | 'ended'> {
  return walkOfPage(session)
}
