import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { checkIds, type Finding } from '#lib/connectors/contract.ts'
import { createSay } from '#lib/intl.ts'
import type { CheckView } from '#lib/views.ts'
import workable from '#messages/en/workable.json' with { type: 'json' }
import { rowsOf } from './rows.tsx'

const say = createSay('en', 'UTC')
const { doctor } = workable
const values = {
  ...{ subdomain: 'acme', entered: 'larkfield', account: 'Acme', scope: 'r_jobs', status: 404 },
  ...{ remaining: 40, limit: 50, email: 'ada@acme.example', name: 'Ada', role: 'admin' },
}

/** What the doctor may say about a check: each of its states, with each of its details. */
const findingsOf = (check: Finding['check']): Finding[] => {
  const { states, title: _, ...details } = doctor[check]
  return Object.keys(states).flatMap(state =>
    Object.keys(details).map(detail => ({ check, state: state as Finding['state'], detail, values })),
  )
}

const spoken = (finding: Finding, granted: boolean) => {
  const check: CheckView = {
    id: '1',
    state: 'finished',
    purpose: 'look',
    findings: [finding],
    waitReason: null,
    retryAt: null,
    createdAt: new Date(0),
    finishedAt: new Date(0),
    verdict: undefined,
  }
  const [row] = rowsOf({ say, connector: 'workable', granted, order: [finding.check], check })
  return renderToStaticMarkup(
    <>
      {row?.title} {row?.text}
    </>,
  )
}

test.each(checkIds)(
  'about a sign-in the doctor speaks of no key and of nothing that was typed: %s',
  check => {
    for (const finding of findingsOf(check)) {
      expect(spoken(finding, true)).not.toMatch(/\bkey\b|you entered|[Mm]ake a new one|Copy it/)
    }
    const [first] = findingsOf('account')
    expect(first && spoken(first, false)).toContain('key')
  },
)
