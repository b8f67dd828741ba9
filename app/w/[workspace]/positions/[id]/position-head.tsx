import type { ReactNode } from 'react'
import { Crumbs, PageHead } from '#components/shell/page.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { PositionRow } from '#lib/views.ts'
import type { Here } from '../../../../web/here.ts'

/** What stands over each page of a position: where it lies, its name, what it says about itself. */
export function PositionHead(props: {
  here: Here
  position: PositionRow
  base: string
  /** The page below the position, when it is not the position's own. */
  below?: string | undefined
  actions?: ReactNode
}) {
  const { position, base, below } = props
  const { say } = props.here
  const own = `${base}/${position.id}`
  const crumbs = [
    { label: say('positions.title'), href: base },
    { label: position.title, href: below ? own : undefined },
    ...(below ? [{ label: below }] : []),
  ]
  return (
    <>
      <Crumbs label={say('app.breadcrumb')} items={crumbs} />
      <PageHead
        title={<bdi className="wrap-anywhere">{position.title}</bdi>}
        lead={<Lead here={props.here} position={position} />}
        badges={position.state === 'closed' && <Badge kind="closed">{say('positions.closed')}</Badge>}
        actions={props.actions}
      />
    </>
  )
}

function Lead({ here, position }: { here: Here; position: PositionRow }) {
  const { say } = here
  const { code, department, place, createdAt, closedAt } = position
  const when = closedAt
    ? say('positions.closed_on', { date: say.date(closedAt) })
    : say('positions.since', { date: say.date(createdAt) })
  return (
    <span className="wrap-anywhere">
      {code && (
        <>
          <span className="font-mono text-sm">{code}</span>,{' '}
        </>
      )}
      {[department, place].filter(Boolean).map(text => (
        <span key={text}>
          <bdi>{text}</bdi>,{' '}
        </span>
      ))}
      {when}
    </span>
  )
}
