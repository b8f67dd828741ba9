import type { ReactNode } from 'react'
import { ButtonLink } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { SubmitButton } from '../ui/submit-button.tsx'

const widths = {
  narrow: 'max-w-[640px]',
  checks: 'max-w-[720px]',
  job: 'max-w-[760px]',
  wide: 'max-w-[920px]',
  full: '',
} as const

/** One column for a question; 640 px, 720 for checks, 760 for jobs, 920 for permissions, full for the ATS grid. */
export function WizardColumn(props: { width?: keyof typeof widths | undefined; children: ReactNode }) {
  return (
    <div
      className={classNames(
        'mx-auto grid w-full min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-6',
        widths[props.width ?? 'narrow'],
      )}
    >
      {props.children}
    </div>
  )
}

/** The form at the left and sticky, the guide at the right; on a small screen the guide follows the form. */
export function WizardSplit({ form, guide }: { form: ReactNode; guide: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,500px)] items-start gap-14 max-wide:grid-cols-[minmax(0,1fr)] max-wide:gap-8">
      <div className="min-w-0 wide:sticky wide:top-8">{form}</div>
      {guide}
    </div>
  )
}

/** The question of the step, and what helps to answer it. */
export function WizardHead({ title, lead }: { title: ReactNode; lead?: ReactNode }) {
  return (
    <div>
      <h1 className="text-2xl max-mid:text-[1.5rem]/7.5">{title}</h1>
      {lead && <p className="mt-2 max-w-[60ch] text-md text-balance text-muted">{lead}</p>}
    </div>
  )
}

/** Back at the left (always safe), one way on at the right, which is as wide as it goes at 390. */
export function WizardFoot(props: {
  back?: { href: string; label: string } | undefined
  /** The submit button of the form around it; `form` names one elsewhere. */
  next?: { label: string; busy: string; form?: string | undefined; name?: string; value?: string } | undefined
  /** Instead of `next`: a link or a form of its own. */
  children?: ReactNode
}) {
  const { back, next } = props
  return (
    <div className="mt-2 flex items-center gap-2.5">
      {back && (
        <ButtonLink
          href={back.href}
          variant="quiet"
          size="lg"
          icon="arrow-left"
          className="-ms-5 max-mid:-ms-3 max-mid:px-3 [&_svg]:rtl:-scale-x-100"
        >
          {back.label}
        </ButtonLink>
      )}
      {next && (
        <SubmitButton
          size="lg"
          iconEnd="arrow-right"
          busy={next.busy}
          form={next.form}
          name={next.name}
          value={next.value}
          className="ms-auto max-mid:flex-1 [&_svg]:rtl:-scale-x-100"
        >
          {next.label}
        </SubmitButton>
      )}
      {props.children}
    </div>
  )
}
