import { Callout } from '#components/ui/callout.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { Doctor, type DoctorHead } from '#components/wizard/doctor.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import type { CheckView, SameAccount } from '#lib/checks/read.ts'
import type { Verdict } from '#lib/checks/verdict.ts'
import type { Finding } from '#lib/connectors/contract.ts'
import type { At } from '../step-page.tsx'
import { OtherAccount } from './other-account.tsx'
import { ReadOnly } from './read-only.tsx'
import { rowsOf } from './rows.tsx'
import { ConnectedAlready } from './same-account.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { NewKey } from './way-out.tsx'
import { checkKey, isGrant } from './words.ts'

export type End = { at: At; check: CheckView; verdict: Verdict; same: SameAccount | undefined }

/** The doctor's page at the end of a run: each ending names what it is, and what to do. */
export function Finished(end: End) {
  const { at, check, verdict, same } = end
  const { say, walk } = at
  const { connector } = walk
  if (!connector) return null
  const words = wordsOf(end)
  const problem = at.form.error('')
  const mayGoOn = (verdict.ending === 'works' || verdict.ending === 'write_missing') && !isStray(end)
  return (
    <WizardColumn width="checks">
      <WizardHead title={words.title} lead={<Rich>{words.lead}</Rich>} />
      {problem && <Callout tone="bad" role="alert" title={problem} />}
      <Doctor
        id="doctor"
        head={headOf(end)}
        checks={rowsOf({
          say,
          connector: connector.manifest.id,
          granted: isGrant(at),
          order: connector.checks.map(each => each.id),
          check,
          wayOut: finding => wayOutOf(end, finding),
        })}
      />
      {verdict.ending === 'odd' && <OtherCredential at={at} missing={[]} />}
      {mayGoOn && same && <ConnectedAlready at={at} same={same} />}
      {mayGoOn && verdict.ending === 'write_missing' && !same && <ReadOnly at={at} />}
      <p className="text-muted">{say(checkKey(at, 'no_connection'), { ats: connector.manifest.name })}</p>
      <Foot end={end} />
    </WizardColumn>
  )
}

/** A walk that is to give a connection its new key, with a key of another account. */
function isStray({ at, same }: End): boolean {
  const { mendConnectionId } = at.walk.progress.answers
  return Boolean(mendConnectionId) && same?.id !== mendConnectionId
}

function Foot({ end }: { end: End }) {
  const { at, verdict, same } = end
  const { say } = at
  if (verdict.ending !== 'works' || same || isStray(end)) return <WizardFoot back={at.back} />
  return (
    <form method="post" action={at.to('check/confirm')}>
      <WizardFoot
        back={at.back}
        next={{
          // By signing in this is the word that makes a connection.
          label: say(isGrant(at) ? 'wizard.account.use' : 'wizard.next'),
          busy: say('wizard.check.connecting'),
        }}
      />
    </form>
  )
}

/** The words of an ending: what is wrong is named, with the ATS, the account and the box. */
function wordsOf(end: End): { title: string; lead: string } {
  const { at, check, verdict } = end
  const { say, walk } = at
  const values = {
    ats: walk.connector?.manifest.name ?? '',
    entered: walk.progress.answers.fields?.subdomain ?? '',
    subdomain: ('account' in verdict && verdict.account?.subdomain) || '',
    scopes: scopesIn(check, verdict)
      .map(scope => `\`${scope}\``)
      .join(', '),
  }
  const of = variant(end)
  return {
    title: say(checkKey(at, `${of}.title`), values),
    lead: say(checkKey(at, `${of}.lead`), values),
  }
}

function variant(end: End): string {
  const { check, verdict, same } = end
  if (isStray(end) && 'account' in verdict && verdict.account) return 'stray'
  if (verdict.ending === 'works' && same) return 'works_connected'
  if (verdict.ending === 'other_account') return verdict.account ? 'other_account' : 'unknown_account'
  if (verdict.ending === 'scope_missing')
    return verdict.missing.length > 1 ? 'scopes_missing' : `no_${verdict.missing[0]}`
  if (verdict.ending !== 'refused' && verdict.ending !== 'odd') return verdict.ending
  const said = check.findings.find(finding => finding.state === verdict.ending)?.detail
  return named.includes(said ?? '') ? String(said) : verdict.ending
}

/** What an ATS says of a key or an account in particular, where it does. */
const named: readonly string[] = ['unknown_key', 'expired', 'revoked', 'suspended']

/** The boxes that were not ticked, as the ATS spells them. */
function missingScopes({ findings }: Pick<CheckView, 'findings'>): string[] {
  return findings.flatMap(finding => {
    const scope = finding.values?.scope
    return finding.state === 'missing' && typeof scope === 'string' ? [scope] : []
  })
}

/** Those that the ending is about: for a connection to be, the needed ones alone. */
function scopesIn(check: CheckView, verdict: Verdict): string[] {
  if (verdict.ending !== 'scope_missing') return missingScopes(check)
  const needed = check.findings.filter(finding => verdict.missing.includes(finding.check))
  return missingScopes({ findings: needed })
}

const tones: Readonly<Record<Verdict['ending'], DoctorHead['tone']>> = {
  works: 'ok',
  write_missing: 'warn',
  scope_missing: 'bad',
  other_account: 'warn',
  refused: 'bad',
  odd: 'warn',
}

const problems: readonly Finding['state'][] = ['missing', 'different', 'refused']

/** How many of those that came to a yes or no passed; where the key or the account is in question, nothing is counted. */
function headOf({ at, check, verdict, same }: End): DoctorHead {
  const { say } = at
  const { ending } = verdict
  const passed = check.findings.filter(finding => finding.state === 'passed').length
  const refused = check.findings.filter(finding => problems.includes(finding.state)).length
  const early = ending === 'refused' || ending === 'other_account'
  return {
    tone: tones[ending],
    title: early
      ? say(checkKey(at, `head.${ending}`))
      : say('wizard.check.passed_of', { passed, all: passed + refused }),
    text: say(checkKey(at, `turn.${ending === 'works' && same ? 'works_connected' : ending}`)),
  }
}

/** In the row of the problem: its way out. Only the first problem has one; it mends the others as well. */
function wayOutOf(end: End, finding: Finding) {
  const { at, check, verdict } = end
  if (finding !== check.findings.find(each => ['missing', 'different', 'refused'].includes(each.state)))
    return undefined
  if (verdict.ending === 'other_account' && !isGrant(at))
    return <OtherAccount at={at} account={isStray(end) ? undefined : verdict.account} same={end.same} />
  return <OtherCredential at={at} missing={missingScopes(check)} />
}

function OtherCredential({ at, missing }: { at: At; missing: readonly string[] }) {
  return isGrant(at) ? <SignInAgain at={at} /> : <NewKey at={at} missing={missing} />
}
