import type { ReactNode } from 'react'
import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { radioClass } from '../ui/tick.ts'

export type JobChoice = {
  value: string
  title: string
  /** Code, department, place. */
  meta: ReactNode
  /** How it stands over there, and what it already serves. */
  badges?: ReactNode
  checked?: boolean | undefined
}

/** The account's jobs as a list of radios. The form's Next follows. */
export function JobList(props: { legend: string; name: string; jobs: readonly JobChoice[] }) {
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{props.legend}</legend>
      <div className="divide-y divide-line overflow-hidden rounded-lg border border-line">
        {props.jobs.map(job => (
          <label
            key={job.value}
            className="grid cursor-pointer grid-cols-[18px_minmax(0,1fr)_auto] items-center gap-x-3.5 gap-y-1 px-4 py-3 hover:bg-hover has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus max-mid:grid-cols-[18px_minmax(0,1fr)]"
          >
            <input
              type="radio"
              name={props.name}
              value={job.value}
              defaultChecked={job.checked}
              className={classNames(radioClass, 'outline-none')}
            />
            <span className="min-w-0">
              <b className="block font-semibold wrap-anywhere">{job.title}</b>
              <span className="block text-sm text-faint">{job.meta}</span>
            </span>
            {job.badges && <span className="flex flex-wrap gap-1.5 max-mid:col-start-2">{job.badges}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const matches = {
  same: { icon: 'check', tone: 'text-ok-ink' },
  similar: { icon: 'equal-approximately', tone: 'text-muted' },
  different: { icon: 'x', tone: 'text-faint' },
} as const

export type Likeness = {
  term: string
  here: ReactNode
  there: ReactNode
  match: keyof typeof matches
}

function LikenessRow({ row, thereNarrow }: { row: Likeness; thereNarrow: string }) {
  const match = matches[row.match]
  const cell = 'min-w-0 wrap-anywhere'
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)_44px_minmax(0,1fr)] items-center py-2 max-mid:grid-cols-[minmax(0,1fr)_28px]">
      <span className={classNames(cell, 'text-sm text-faint')}>{row.term}</span>
      <span className={classNames(cell, 'max-mid:col-start-1')}>{row.here}</span>
      <span
        className={classNames(
          'grid place-content-center max-mid:col-start-2 max-mid:row-span-3 max-mid:row-start-1',
          match.tone,
        )}
      >
        <Icon name={match.icon} />
      </span>
      <span className={classNames(cell, 'max-mid:col-start-1 max-mid:text-muted')}>
        <span className="mid:hidden">{thereNarrow} </span>
        {row.there}
      </span>
    </div>
  )
}

export type Comparison = {
  here: string
  there: string
  /** On a small screen before each value of theirs: "In Workable:". */
  thereNarrow: string
  rows: readonly Likeness[]
}

function Reasons({ here, there, thereNarrow, rows }: Comparison) {
  return (
    <div
      aria-hidden="true"
      className="divide-y divide-line border-t border-line bg-sunken/50 px-5 pt-1.5 pb-2 max-mid:px-4"
    >
      <div className="grid grid-cols-[92px_minmax(0,1fr)_44px_minmax(0,1fr)] py-1 text-xs text-faint max-mid:hidden">
        <span className="col-start-2">{here}</span>
        <span className="col-start-4">{there}</span>
      </div>
      {rows.map(row => (
        <LikenessRow key={row.term} row={row} thereNarrow={thereNarrow} />
      ))}
    </div>
  )
}

/** The job that looks right, and why: beside each other what is here and there. Never ticked for the person. */
export function SuggestedJob(
  props: Comparison & {
    name: string
    job: JobChoice
    /** The word of the badge. */
    suggested: string
    /** The reason as a sentence, for those who listen; the rows show the same. */
    reason: string
  },
) {
  const { job } = props
  const reasonId = `${props.name}-reason`
  return (
    <div className="overflow-hidden rounded-xl border border-rim bg-surface has-checked:border-accent has-checked:inset-ring has-checked:inset-ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <label className="flex cursor-pointer items-start gap-3.5 px-5 py-4.5 max-mid:flex-wrap max-mid:px-4">
        <input
          type="radio"
          name={props.name}
          value={job.value}
          defaultChecked={job.checked}
          aria-describedby={reasonId}
          className={classNames(radioClass, 'mt-0.5 outline-none')}
        />
        <span className="min-w-0 flex-1 max-mid:basis-[calc(100%-40px)]">
          <span className="flex flex-wrap items-center gap-2">
            <b className="text-[1.0625rem] wrap-anywhere">{job.title}</b>
            <Badge kind="suggested">{props.suggested}</Badge>
          </span>
          <span className="mt-0.5 block text-sm text-muted">{job.meta}</span>
        </span>
        {job.badges && <span className="flex flex-wrap gap-1.5 max-mid:ms-8">{job.badges}</span>}
      </label>
      <p id={reasonId} className="sr-only">
        {props.reason}
      </p>
      <Reasons {...props} />
    </div>
  )
}
