import { Card } from '#components/ui/card.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { FactLines } from '#components/ui/facts.tsx'
import { Fold } from '#components/ui/fold.tsx'
import type { ConnectionDetail, RefreshDay, RefreshHistory, Say } from '#lib/views.ts'
import { atsName, when } from './words.ts'

type Props = { say: Say; connection: ConnectionDetail; history: RefreshHistory; now: Date }

/** How a sign-in is kept fresh: the next refresh, the last one, what is in its way, and the last thirty days. */
export function SignInHealth({ say, connection, history, now }: Props) {
  const of = (word: string, values = {}) => say(`connections.fresh.${word}`, values)
  const { next, last, problem, since } = history
  const name = atsName(say, connection)
  const dead = connection.status === 'needs_reauth'
  const none = dead ? 'never_was' : problem ? 'never_yet' : 'never'
  const ahead = next && next > now ? when(say, next, now) : of('now')
  return (
    <Card id="fresh" title={of('title')} aside={of('aside')}>
      <FactLines
        items={[
          { term: of('next'), value: next ? ahead : of('none') },
          { term: of('last'), value: last ? when(say, last, now) : of(none) },
        ]}
      />
      {problem && !dead && (
        <p className="text-sm text-warn-ink">
          {of(`problems.${problem}`, { name, since: since ? when(say, since, now) : of('now') })}
        </p>
      )}
      <Strip say={say} days={history.days} />
    </Card>
  )
}

type Kind = 'fine' | 'late' | 'failed' | 'none'

const kindOf = ({ refreshed, failed }: RefreshDay): Kind => {
  if (failed > 0) return refreshed > 0 ? 'late' : 'failed'
  return refreshed > 0 ? 'fine' : 'none'
}

// Height and hatch differ as well as colour, so that it is read without colours too.
const looks = {
  fine: 'h-full bg-ok/85',
  late: 'h-[72%] bg-[repeating-linear-gradient(-45deg,var(--color-warn)_0_3px,transparent_3px_6px)]',
  failed: 'h-[44%] bg-bad',
  none: 'h-[20%] bg-line',
} as const satisfies Record<Kind, string>

/** Thirty days, a bar each; as a picture with its finding, and as a table one press away. */
function Strip({ say, days }: { say: Say; days: readonly RefreshDay[] }) {
  const of = (word: string, values = {}) => say(`connections.fresh.${word}`, values)
  const [first] = days
  const tried = days.filter(day => kindOf(day) !== 'none')
  if (!first || tried.length === 0) return <p className="text-sm text-muted">{of('nothing')}</p>
  const bad = tried.filter(day => kindOf(day) !== 'fine')
  const finding =
    bad.length === 0
      ? of('finding_fine', { from: say.day(first.day), count: tried.length })
      : of('finding_bad', {
          from: say.day(first.day),
          count: bad.length,
          days: bad.map(({ day }) => say.day(day)).join(', '),
        })
  return (
    <>
      <div role="img" aria-label={finding} className="flex h-9 items-end gap-[3px]">
        {days.map(day => (
          <span
            key={day.day}
            className={classNames(
              'min-w-0 flex-1 rounded-[2px] forced-color-adjust-none',
              looks[kindOf(day)],
            )}
          />
        ))}
      </div>
      <div aria-hidden="true" className="flex justify-between text-xs text-faint tabular-nums">
        <span>{say.day(first.day)}</span>
        <span>{of('today')}</span>
      </div>
      {bad.length > 0 && (
        <p aria-hidden="true" className="text-xs text-muted">
          {finding}
        </p>
      )}
      <Table say={say} days={tried.toReversed()} />
    </>
  )
}

function Table({ say, days }: { say: Say; days: readonly RefreshDay[] }) {
  const of = (word: string) => say(`connections.fresh.${word}`)
  return (
    <Fold summary={of('table')}>
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="text-xs text-faint">
          <tr>
            <th scope="col">{of('day')}</th>
            <th scope="col">{of('refreshed')}</th>
            <th scope="col">{of('failed')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(day => (
            <tr key={day.day} className="border-t border-line">
              <th scope="row" className="py-1 font-normal">
                {say.day(day.day)}
              </th>
              <td>{say.number(day.refreshed)}</td>
              <td>{say.number(day.failed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Fold>
  )
}
