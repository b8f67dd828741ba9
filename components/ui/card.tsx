import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A bounded part of a page. With a `title` it is a section that can be jumped to. */
export function Card(props: {
  /** Needed with a title: the id of its heading. */
  id?: string | undefined
  title?: ReactNode
  /** At the end of the title's line. */
  aside?: ReactNode
  foot?: ReactNode
  /** For rows and tables, which bring their own space; a line stands under the title. */
  flush?: boolean | undefined
  children: ReactNode
}) {
  const box = 'min-w-0 overflow-clip rounded-lg border border-line bg-surface'
  const body = <div className={props.flush ? '' : 'grid gap-3 p-5 max-mid:p-4'}>{props.children}</div>
  const foot = props.foot && (
    <div className="flex flex-wrap items-center gap-2 border-t border-line bg-sunken/55 px-5 py-3 max-mid:px-4">
      {props.foot}
    </div>
  )
  if (!props.title)
    return (
      <div className={box}>
        {body}
        {foot}
      </div>
    )
  return (
    <section aria-labelledby={props.id} className={box}>
      <div
        className={classNames(
          'flex flex-wrap items-center gap-x-3 gap-y-1 px-5 max-mid:px-4',
          props.flush ? 'border-b border-line py-4' : '-mb-2 pt-4.5 max-mid:-mb-1',
        )}
      >
        <h2 id={props.id} className="flex-1 max-mid:basis-full">
          {props.title}
        </h2>
        {props.aside && <span className="text-sm text-faint">{props.aside}</span>}
      </div>
      {body}
      {foot}
    </section>
  )
}

/** Rows in a flush card, divided by lines. */
export function CardRows({ children, ordered }: { children: ReactNode; ordered?: boolean | undefined }) {
  const List = ordered ? 'ol' : 'ul'
  return <List className="divide-y divide-line">{children}</List>
}

/** One row: what it is about, its words, and at the end its badges and acts. */
export function CardRow(props: {
  mark?: ReactNode
  title: ReactNode
  text?: ReactNode
  end?: ReactNode
  className?: string | undefined
}) {
  return (
    <li
      className={classNames(
        'flex items-center gap-3.5 px-5 py-3.5 max-mid:flex-wrap max-mid:items-start max-mid:px-4',
        props.className,
      )}
    >
      {props.mark}
      <div className="min-w-0 flex-1 max-mid:basis-[calc(100%-60px)]">
        <div className="font-semibold [&_a]:text-ink [&_a]:no-underline [&_a:hover]:underline">
          {props.title}
        </div>
        {props.text && <div className="text-sm wrap-anywhere text-muted">{props.text}</div>}
      </div>
      {props.end && (
        <div
          className={classNames(
            'flex flex-wrap items-center gap-1.5',
            Boolean(props.mark) && 'max-mid:ms-12.5',
          )}
        >
          {props.end}
        </div>
      )}
    </li>
  )
}
