import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export type Column = {
  key: string
  label: string
  /** Said, not shown: the head over a column of buttons. */
  labelHidden?: boolean | undefined
  align?: 'end' | undefined
  muted?: boolean | undefined
  /** Where a press on the head leads, and how the table is sorted by it now. */
  sort?: { href: string; now?: 'ascending' | 'descending' | undefined } | undefined
  /** On a small screen: flows on (unless said), has a line of its own, stands at the end or in the corner, or is left out. */
  narrow?: 'flow' | 'line' | 'end' | 'corner' | 'off' | undefined
  /** On a small screen before the value, only where it does not speak for itself. */
  narrowLabel?: string | undefined
}

/** The first cell is the row's own name. */
export type Row = { key: string; cells: readonly ReactNode[] }

const narrowClass = {
  flow: '',
  line: 'max-mid:basis-full',
  end: 'max-mid:ms-auto',
  corner: 'max-mid:absolute max-mid:end-2 max-mid:top-2',
  off: 'max-mid:hidden',
} as const

const edge = 'mid:first:ps-8 mid:last:pe-8'
const cellClass =
  'px-3 py-[11px] align-middle max-mid:block max-mid:max-w-full max-mid:min-w-0 max-mid:p-0 max-mid:empty:hidden'

function SortLink({ column }: { column: Column }) {
  if (!column.sort) return column.label
  const { now, href } = column.sort
  const icon: IconName =
    now === 'ascending' ? 'arrow-up' : now === 'descending' ? 'arrow-down' : 'arrow-down-up'
  return (
    <>
      <a
        href={href}
        className="-mx-1.5 -my-1 inline-flex items-center gap-1 rounded-sm px-1.5 py-1 text-inherit no-underline hover:bg-hover hover:text-ink max-mid:hidden"
      >
        {column.label}
        <Icon name={icon} size={14} />
      </a>
      <span className="mid:hidden">{column.label}</span>
    </>
  )
}

function Head({ columns }: { columns: readonly Column[] }) {
  return (
    <thead className="max-mid:sr-only">
      <tr>
        {columns.map(column => (
          <th
            key={column.key}
            scope="col"
            aria-sort={column.sort ? (column.sort.now ?? 'none') : undefined}
            className={classNames(
              'border-b border-line bg-surface px-3 py-[9px] text-xs font-semibold whitespace-nowrap text-muted wide:sticky wide:top-0 wide:z-[1]',
              column.align === 'end' ? 'text-end' : 'text-start',
              edge,
            )}
          >
            {column.labelHidden ? (
              <span className="sr-only">{column.label}</span>
            ) : (
              <SortLink column={column} />
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Cell({ column, children }: { column: Column; children: ReactNode }) {
  return (
    <td
      className={classNames(
        cellClass,
        edge,
        narrowClass[column.narrow ?? 'flow'],
        column.align === 'end' && 'text-end tabular-nums max-mid:text-start',
        column.muted && 'text-muted',
      )}
    >
      {column.narrowLabel && (
        <span aria-hidden="true" className="me-[7px] text-sm text-faint mid:hidden">
          {column.narrowLabel}
        </span>
      )}
      {children}
    </td>
  )
}

const rowClass = classNames(
  'hover:bg-hover mid:not-last:[&>*]:border-b mid:not-last:[&>*]:border-line',
  'max-mid:relative max-mid:flex max-mid:flex-wrap max-mid:items-center max-mid:gap-x-3.5 max-mid:gap-y-[5px]',
  'max-mid:border-b max-mid:border-line max-mid:px-4 max-mid:py-3.5',
)
const nameClass =
  'text-start font-semibold max-mid:basis-full [&_a]:text-ink [&_a]:no-underline [&_a:hover]:underline max-mid:[&_a]:-my-3 max-mid:[&_a]:py-3'

function BodyRow({ row, columns }: { row: Row; columns: readonly Column[] }) {
  const [name, ...values] = row.cells
  const hasCorner = columns.some(column => column.narrow === 'corner')
  return (
    <tr className={rowClass}>
      <th scope="row" className={classNames(cellClass, edge, nameClass, hasCorner && 'max-mid:pe-11')}>
        {name}
      </th>
      {columns.slice(1).map((column, index) => (
        <Cell key={column.key} column={column}>
          {values[index]}
        </Cell>
      ))}
    </tr>
  )
}

/**
 * A table that runs to the edges of the page and becomes a list on a small screen: the name on its own line,
 * the rest flows behind it. It is the same table in both, so searching in the page and listening to it work.
 */
export function Table(props: { caption: string; columns: readonly Column[]; rows: readonly Row[] }) {
  return (
    <div className="-mx-8 max-wide:overflow-x-auto max-mid:-mx-4">
      <table className="w-full border-separate border-spacing-0 max-mid:block">
        <caption className="sr-only">{props.caption}</caption>
        <Head columns={props.columns} />
        <tbody className="max-mid:block">
          {props.rows.map(row => (
            <BodyRow key={row.key} row={row} columns={props.columns} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The second line under a row's name: a code, in mono, never broken. */
export function RowCode({ children }: { children: ReactNode }) {
  return <span className="block font-mono text-sm font-normal whitespace-nowrap text-faint">{children}</span>
}
