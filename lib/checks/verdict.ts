import type { CheckId, Connector, Finding, Permissions } from '#lib/connectors/contract.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'

/** How a finished run of the doctor ends, and so what the screen offers. */
export type Verdict =
  | { ending: 'works'; account: RemoteAccount }
  /** Everything needed works; writing was chosen and is refused. */
  | { ending: 'write_missing'; account: RemoteAccount }
  /** The account is absent where the missing scope is the one with which accounts are read. */
  | { ending: 'scope_missing'; account?: RemoteAccount; missing: CheckId[] }
  /** The account is absent where the ATS does not say whose key it is. */
  | { ending: 'other_account'; account?: RemoteAccount }
  | { ending: 'refused' }
  | { ending: 'odd' }

const neededChecks = ['read_jobs', 'read_candidates'] as const

/** Reads the findings of a finished run. The account decides first: nothing else is worth saying about a stranger's key. */
export function verdictOf(findings: readonly Finding[], permissions: Permissions): Verdict {
  const found = (id: CheckId) => findings.find(finding => finding.check === id)
  const account = found('account')
  if (findings.some(finding => finding.state === 'refused')) return { ending: 'refused' }
  if (account?.state === 'different') {
    return { ending: 'other_account', ...(account.account ? { account: account.account } : {}) }
  }
  const missing = neededChecks.filter(id => found(id)?.state === 'missing')
  if (missing.length > 0) {
    return { ending: 'scope_missing', ...(account?.account ? { account: account.account } : {}), missing }
  }
  if (account?.state !== 'passed' || !account.account) return { ending: 'odd' }
  if (neededChecks.some(id => found(id)?.state !== 'passed')) return { ending: 'odd' }
  const write = found('write_candidates')
  if (permissions === 'read_write' && write?.state === 'missing') {
    return { ending: 'write_missing', account: account.account }
  }
  return { ending: 'works', account: account.account }
}

/** May there be a connection after this? Writing is a feature; reading is not. */
export const mayConnect = (
  verdict: Verdict,
): verdict is Extract<Verdict, { ending: 'works' | 'write_missing' }> =>
  verdict.ending === 'works' || verdict.ending === 'write_missing'

/** After this finding there is no point in asking on: the rest is noted as not tried. */
export const endsTheRun = (finding: Finding): boolean =>
  finding.state === 'refused' ||
  (finding.check === 'account' && finding.state !== 'passed' && finding.state !== 'not_certain')

/** What is noted for the checks that a run did not come to. */
export function notTried(connector: Connector, findings: readonly Finding[]): Finding[] {
  const done = new Set(findings.map(finding => finding.check))
  return connector.checks
    .filter(check => !done.has(check.id))
    .map(check => ({ check: check.id, state: 'not_tried', detail: 'account_first' }))
}
