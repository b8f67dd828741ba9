import { AutoRefresh } from '#components/ui/auto-refresh.tsx'
import { Card } from '#components/ui/card.tsx'
import { type Check, type CheckState, Checks } from '#components/wizard/doctor.tsx'
import type { CheckView, ConnectionDetail, Finding, Say } from '#lib/views.ts'
import { atsName, when } from './words.ts'

/** Of each finding, how its row looks. */
const looks = {
  passed: 'passed',
  missing: 'problem',
  different: 'problem',
  refused: 'problem',
  unknown_person: 'open',
  not_certain: 'open',
  not_tried: 'open',
  odd: 'problem',
} as const satisfies Record<Finding['state'], CheckState>

const secondsBetweenLooks = 2

type Props = {
  say: Say
  connection: ConnectionDetail
  /** The newest check, and the doctor's questions in order. */
  check: CheckView | undefined
  order: readonly Finding['check'][]
  checking: boolean
  /** May press Check now; for the others it says who may. */
  mayMend: boolean
  now: Date
}

/** The doctor's findings about a connection; while a check is under way the rows fill one by one, without JavaScript too. */
export function WhatWorks(props: Props) {
  const { say, check, checking, connection, mayMend } = props
  return (
    <Card
      id="works"
      title={say(`connections.check.${isPast(props) ? 'worked' : 'works'}`)}
      aside={headWords(props)}
      flush
    >
      {checking && <AutoRefresh seconds={secondsBetweenLooks} />}
      <p
        className="border-b border-line px-5 py-3 text-sm text-muted empty:hidden max-mid:px-4"
        role="status"
      >
        {sentence(props)}
      </p>
      {check && <Checks items={rowsOf(props, check)} />}
      {!mayMend && (
        <p className="border-t border-line px-5 py-3 text-sm text-faint max-mid:px-4">
          {say('connections.check.who', { maker: connection.createdByName })}
        </p>
      )}
    </Card>
  )
}

/** A sign-in is refused between two checks too: what the last one found is not so any more. */
const isPast = ({ connection, check }: Props): boolean =>
  connection.status === 'needs_reauth' && Boolean(check?.findings.every(({ state }) => state !== 'refused'))

function headWords({ say, check, checking, connection, now }: Props): string {
  if (checking) return say('connections.check.under_way')
  const at = connection.lastCheckedAt ?? check?.finishedAt
  return at ? say('connections.check.checked', { at: when(say, at, now) }) : say('connections.check.never')
}

function sentence({ say, check, checking, connection, mayMend, now }: Props): string {
  if (!check) return say(`connections.check.${mayMend ? 'never_text' : 'never_text_for_others'}`)
  if (!checking) return ''
  if (check.state !== 'waiting' || !check.retryAt) return say('connections.check.looking')
  const why = check.waitReason === 'rate_limited' ? 'waits_rate' : 'waits_ats'
  const at = when(say, check.retryAt, now)
  return say(`connections.check.${why}`, { name: atsName(say, connection), at })
}

function rowsOf(props: Props, check: CheckView): Check[] {
  const { say, order, checking } = props
  const firstOpen = order.find(id => !check.findings.some(finding => finding.check === id))
  return order.map(id => {
    const finding = check.findings.find(each => each.check === id)
    if (finding) return rowOf(props, finding)
    const first = id === firstOpen
    const state = checking ? (first ? 'checking' : 'next') : 'open'
    // A run that ended here was told nothing: the ATS did not answer this one.
    const word = checking ? state : first ? 'no_answer' : 'not_tried'
    return {
      key: id,
      state,
      title: speak(props, id, ['title']),
      word: say(`connections.check.state.${word}`),
    }
  })
}

function rowOf(props: Props, { check, state, detail, values }: Finding): Check {
  return {
    key: check,
    state: looks[state],
    title: speak(props, check, [`states.${state}`, 'title']),
    text: speak(props, check, [detail], values),
    word: props.say(`connections.check.state.${state}`),
  }
}

/**
 * The first of these words that there is. The ATS's own were written for whoever connects it; where they speak to that person,
 * ours stand in, since anybody of the workspace reads this page.
 */
function speak(
  { say, connection }: Props,
  check: Finding['check'],
  wanted: readonly string[],
  values: Finding['values'] = {},
): string {
  const { way, createdByName: maker } = connection
  const about = { way, maker, name: atsName(say, connection), ...values }
  const keys = wanted.flatMap(word => [
    `connections.check.words.${check}.${word}`,
    `${connection.connector}.doctor.${check}.${word}`,
  ])
  const key = keys.find(each => say.has(each))
  return key ? say(key, key.startsWith('connections.') ? about : values) : ''
}
