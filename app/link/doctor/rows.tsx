import type { ReactNode } from 'react'
import { Rich } from '#components/ui/rich.tsx'
import { Scope } from '#components/ui/scope.tsx'
import type { Check, CheckState } from '#components/wizard/doctor.tsx'
import type { CheckView } from '#lib/checks/read.ts'
import type { CheckId, Finding } from '#lib/connectors/contract.ts'
import type { Say } from '#lib/views.ts'

const states: Readonly<Record<Finding['state'], CheckState>> = {
  passed: 'passed',
  missing: 'problem',
  different: 'problem',
  refused: 'problem',
  unknown_person: 'open',
  not_certain: 'open',
  not_tried: 'open',
  odd: 'open',
}

type Rows = {
  say: Say
  /** The connector's id: its messages say what was found. */
  connector: string
  /** What was found about a grant is said in the words of a grant, where there are some. */
  granted: boolean
  order: readonly CheckId[]
  check: CheckView
  /** Whole seconds until the next try; absent unless it waits. */
  waits?: number | undefined
  wayOut?: ((finding: Finding) => ReactNode) | undefined
}

/** The doctor's list: every check has its row from the start, and it stays where it is. */
export function rowsOf(rows: Rows): Check[] {
  const { check, order } = rows
  const found = new Map(check.findings.map(finding => [finding.check, finding]))
  const under = order.find(id => !found.has(id))
  return order.map(id => {
    const finding = found.get(id)
    return finding ? foundRow(rows, finding) : openRow(rows, id, id === under)
  })
}

/** The key of a sentence about a check. */
function keyOf({ say, connector, granted }: Rows, rest: string): string {
  const own = `${connector}.ways.oauth.doctor.${rest}`
  return granted && say.has(own) ? own : `${connector}.doctor.${rest}`
}

function foundRow(rows: Rows, finding: Finding): Check {
  const { say, wayOut } = rows
  const state = keyOf(rows, `${finding.check}.states.${finding.state}`)
  const title = say.has(state) ? state : keyOf(rows, `${finding.check}.title`)
  return {
    key: finding.check,
    state: states[finding.state],
    title: say(title),
    text: <FoundText say={say} of={keyOf(rows, `${finding.check}.${finding.detail}`)} finding={finding} />,
    word: say(`wizard.check.words.${finding.detail === 'suspended' ? finding.detail : finding.state}`),
    wayOut: wayOut?.(finding),
  }
}

function FoundText({ say, of, finding }: { say: Say; of: string; finding: Finding }) {
  const { values = {} } = finding
  const text = say.has(of) ? say(of, values) : ''
  const scope = typeof values.scope === 'string' && !text.includes(values.scope) ? values.scope : undefined
  return (
    <>
      <Rich>{text}</Rich> {scope && <Scope>{scope}</Scope>}
    </>
  )
}

function openRow({ say, connector, check, waits }: Rows, id: CheckId, isUnder: boolean): Check {
  const title = say(`${connector}.doctor.${id}.title`)
  const row = { key: id, title }
  if (check.state === 'cancelled' || !isUnder)
    return { ...row, state: 'next', word: say('wizard.check.words.next') }
  if (waits === undefined) return { ...row, state: 'checking', word: say('wizard.check.words.checking') }
  return {
    ...row,
    state: 'waiting',
    text: check.retryAt && say('wizard.check.next_try', { time: say.time(check.retryAt) }),
    word: say('wizard.check.words.waits', { seconds: waits }),
  }
}
