import { AutoRefresh } from '#components/ui/auto-refresh.tsx'
import { Countdown } from '#components/ui/countdown.tsx'
import { Doctor, type DoctorHead } from '#components/wizard/doctor.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import type { CheckView } from '#lib/checks/read.ts'
import { now } from '#lib/clock.ts'
import type { At } from '../step-page.tsx'
import { rowsOf } from './rows.tsx'
import { checkKey, isGrant } from './words.ts'

/** The page looks again after so many seconds. */
const lookAgain = { soon: 2, latest: 15 } as const
/** Longer waits are told by the clock instead of counted down. */
const longestCount = 90

/** The doctor at work, or waiting for the ATS: goes on by itself, and shows the seconds. */
export function Running({ at, check }: { at: At; check: CheckView }) {
  const { say, walk } = at
  const { connector } = walk
  if (!connector) return null
  const ats = connector.manifest.name
  const waits = secondsLeft(check)
  const reason = waits === undefined ? 'running' : (check.waitReason ?? 'ats_unavailable')
  return (
    <WizardColumn width="checks">
      <AutoRefresh seconds={Math.min(lookAgain.latest, Math.max(lookAgain.soon, (waits ?? 0) + 1))} />
      <WizardHead
        title={say(checkKey(at, 'running.title'))}
        lead={say(`wizard.check.lead.${reason}`, { ats })}
      />
      <Doctor
        id="doctor"
        head={headOf(at, check, waits)}
        checks={rowsOf({
          say,
          connector: connector.manifest.id,
          granted: isGrant(at),
          order: connector.checks.map(each => each.id),
          check,
          waits,
        })}
      />
      <p className="text-muted">
        {say(checkKey(at, 'no_connection'), { ats })}{' '}
        {!isGrant(at) && <a href={at.to(secretScreen(at))}>{say('wizard.check.another_key')}</a>}
      </p>
      <WizardFoot back={at.back} />
    </WizardColumn>
  )
}

/** Where a key is typed in this walk. */
export function secretScreen({ walk }: At): string {
  const field = walk.connector?.manifest.fields.find(each => each.kind === 'secret')
  return walk.progress.hasPosition && field ? `enter/${field.id}` : 'enter'
}

function secondsLeft(check: CheckView): number | undefined {
  if (check.state !== 'waiting' || !check.retryAt) return undefined
  return Math.max(0, Math.ceil((check.retryAt.getTime() - now().getTime()) / 1000))
}

function headOf(at: At, check: CheckView, waits: number | undefined): DoctorHead {
  const { say } = at
  const passed = check.findings.filter(finding => finding.state === 'passed').length
  const text = say('wizard.check.passed_so_far', { passed })
  if (waits === undefined) return { tone: 'info', title: say(checkKey(at, 'running.head')), text }
  const time = check.retryAt ? say.time(check.retryAt) : ''
  if (waits > longestCount) return { tone: 'info', title: say('wizard.check.next_try', { time }), text }
  const words = Array.from({ length: waits + 1 }, (_, seconds) => say('wizard.check.going_on', { seconds }))
  return {
    tone: 'info',
    title: <Countdown words={words} />,
    text,
    countdown: { seconds: waits, spoken: say('wizard.check.seconds_left', { seconds: waits }) },
  }
}
