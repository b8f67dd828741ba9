import type { ReactNode } from 'react'
import { ButtonLink } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'

export type GuideStep = {
  id: string
  title: ReactNode
  /** One act, in words; with it chips to copy. */
  body: ReactNode
  /** One of `components/illustrations`. */
  picture?: ReactNode
  /** The one that stands open; one at most. */
  open?: boolean | undefined
}

export type GuideLink = { href: string; label: string; newTab: string }

function Step({ step, number }: { step: GuideStep; number: number }) {
  return (
    <details
      name="guide"
      open={step.open}
      className="group/step overflow-hidden rounded-lg border border-line bg-surface"
    >
      <summary className="flex items-center gap-3 px-3.5 py-3 font-semibold hover:bg-hover focus-visible:rounded-lg focus-visible:-outline-offset-3">
        <span className="grid size-6 shrink-0 place-content-center rounded-full bg-sunken text-xs font-bold text-muted group-open/step:scheme-light group-open/step:bg-sand group-open/step:text-ink">
          {number}
        </span>
        <span className="min-w-0 flex-1">{step.title}</span>
        <Icon
          name="chevron-down"
          className="text-faint transition-[rotate] duration-(--duration-move) group-open/step:rotate-180"
        />
      </summary>
      <div className="grid gap-3 px-3.5 pb-3.5 text-muted [&_b]:text-ink">
        {step.body}
        {step.picture}
      </div>
    </details>
  )
}

/** A link out of the product: opens beside it, and says so to those who listen. */
export function LinkOut({ link, className }: { link: GuideLink; className?: string }) {
  return (
    <a href={link.href} target="_blank" rel="noopener" className={className}>
      {link.label}
      <span className="sr-only"> {link.newTab}</span>
    </a>
  )
}

/** The button that opens the right page of the ATS in another tab. */
export function OpenThere({ link }: { link: GuideLink }) {
  return (
    <ButtonLink href={link.href} target="_blank" rel="noopener" size="sm" iconEnd="external-link">
      {link.label}
      <span className="sr-only"> {link.newTab}</span>
    </ButtonLink>
  )
}

/** How to do it over there, beside the field: numbered steps, one open, with pictures. */
export function GuidePanel(props: {
  id: string
  title: ReactNode
  there?: GuideLink | undefined
  steps: readonly GuideStep[]
  /** `GuideQuestion` */
  question?: ReactNode
  /** "Last checked on 12 November 2025" */
  checked: ReactNode
  article?: GuideLink | undefined
  /** "This looks different for me": a link, or a fold with a form. */
  different?: ReactNode
}) {
  return (
    <aside
      aria-labelledby={props.id}
      className="min-w-0 rounded-xl border border-line bg-sunken p-5 max-mid:rounded-lg max-mid:p-3.5"
    >
      <div className="mb-3.5 flex flex-wrap items-center gap-2.5">
        <h2 id={props.id} className="min-w-0 flex-[1_1_140px]">
          {props.title}
        </h2>
        {props.there && <OpenThere link={props.there} />}
      </div>
      <ol className="grid gap-2">
        {props.steps.map((step, index) => (
          <li key={step.id}>
            <Step step={step} number={index + 1} />
          </li>
        ))}
      </ol>
      <div className="mt-3.5 grid gap-2 text-sm text-faint">
        {props.question}
        <p>{props.checked}</p>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 max-mid:gap-y-4 max-mid:[&_a]:py-3 max-mid:[&_a]:-my-3">
          {props.article && <LinkOut link={props.article} />}
          {props.different}
        </div>
      </div>
    </aside>
  )
}

/** "Did this answer your question?" A form with two buttons; afterwards, `thanks` alone. */
export function GuideQuestion(props: {
  action: string
  name: string
  question: string
  yes: { label: string; value: string }
  no: { label: string; value: string }
  busy: string
  thanks?: string | undefined
  hidden?: Readonly<Record<string, string>> | undefined
}) {
  const line = 'flex flex-wrap items-center gap-2 border-b border-line pb-2 font-semibold text-ink'
  if (props.thanks)
    return (
      <p role="status" className={line}>
        {props.thanks}
      </p>
    )
  return (
    <form method="post" action={props.action} className={line}>
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <span id={`${props.name}-question`}>{props.question}</span>
      {[props.yes, props.no].map(answer => (
        <SubmitButton
          key={answer.value}
          variant="plain"
          size="sm"
          name={props.name}
          value={answer.value}
          busy={props.busy}
        >
          {answer.label}
        </SubmitButton>
      ))}
    </form>
  )
}
