import type { ReactNode } from 'react'
import { SandboxRibbon } from '#components/shell/sandbox-ribbon.tsx'
import { Fold } from '#components/ui/fold.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { Deck, type Leg, type Shore } from '#components/wizard/deck.tsx'
import { WizardShell } from '#components/wizard/wizard-shell.tsx'
import { accountAddress } from '#lib/link-sessions/account-address.ts'
import { type LegView, legsOf } from '#lib/link-sessions/steps.ts'
import { monogramOf, SupportWords } from '../web/words.tsx'
import type { At } from './step-page.tsx'

/** The wizard around a screen: bar with the way out, deck, foot with who keeps it and Support. */
export function Frame({ at, children }: { at: At; children: ReactNode }) {
  const { walk, say } = at
  const { partner, workspace, position } = walk
  const home = `/w/${workspace.slug}`
  const sandbox = walk.environment === 'sandbox' && walk.connector
  return (
    <WizardShell
      skip={say('app.skip')}
      partner={{ name: partner.name, monogram: monogramOf(partner.name) }}
      title={say(position ? 'wizard.title' : 'wizard.title_without_position')}
      kept={walk.progress.state === 'done' ? '' : say('wizard.kept')}
      leave={{
        href: position ? `${home}/positions/${position.id}/settings` : `${home}/integrations`,
        label: say(walk.progress.state === 'done' ? 'wizard.leave_done' : 'wizard.leave'),
      }}
      deck={<WalkDeck at={at} />}
      ribbon={
        sandbox && (
          <SandboxRibbon
            title={say('wizard.sandbox.title')}
            text={say('wizard.sandbox.text', { ats: sandbox.manifest.name })}
          />
        )
      }
      again={walk.progress.state === 'open' && walk.progress.connector && <StartAgain at={at} />}
      keeper={say('wizard.keeper', { partner: partner.name })}
      support={<SupportWords say={say} />}
    >
      {children}
    </WizardShell>
  )
}

/** Over from the first screen; folded, so that no slip of the hand loses the answers. */
function StartAgain({ at: { say, to } }: { at: At }) {
  return (
    <Fold summary={say('wizard.again.summary')}>
      <form method="post" action={to('start-again')} className="grid max-w-[44ch] justify-items-start gap-2">
        <p>{say('wizard.again.text')}</p>
        <SubmitButton variant="plain" size="sm" busy={say('wizard.again.busy')}>
          {say('wizard.again.button')}
        </SubmitButton>
      </form>
    </Fold>
  )
}

function WalkDeck({ at }: { at: At }) {
  const { say } = at
  const legs = legsOf(at.step, at.walk.progress).filter(leg => leg.steps.length > 0)
  const here = legs.find(leg => leg.here !== undefined)
  return (
    <Deck
      label={say('wizard.deck.label')}
      here={ourShore(at)}
      there={theirShore(at)}
      legs={legs.map(leg => legOf(at, leg))}
      now={here && <Rich>{say('wizard.deck.now', spokenOf(at, here))}</Rich>}
    />
  )
}

const spokenOf = ({ say }: At, leg: LegView) => ({
  leg: say(`wizard.deck.${leg.leg}`),
  step: leg.here ?? 0,
  steps: leg.steps.length,
})

function legOf(at: At, leg: LegView): Leg {
  const { say, walk } = at
  const isDone = leg.done >= leg.steps.length
  const back = isDone && !leg.here && walk.progress.state !== 'done' ? leg.firstStep : undefined
  const spoken = leg.here
    ? say('wizard.deck.spoken_here', spokenOf(at, leg))
    : isDone && say(back ? 'wizard.deck.spoken_back' : 'wizard.deck.spoken_done')
  return {
    word: say(`wizard.deck.${leg.leg}`),
    ...(spoken ? { spoken } : {}),
    steps: leg.steps.length,
    done: leg.done,
    here: leg.here !== undefined,
    href: back && at.to(back),
  }
}

function ourShore({ walk }: At): Shore {
  const { position, workspace, partner } = walk
  if (position) return { icon: 'briefcase', name: position.title, sub: workspace.name }
  return { monogram: monogramOf(workspace.name), name: workspace.name, sub: partner.name }
}

function theirShore({ walk, say }: At): Shore {
  const { connector, environment } = walk
  if (!connector)
    return { icon: 'plug', look: 'empty', name: say('wizard.deck.ats'), sub: say('wizard.deck.not_chosen') }
  const { name, monogram } = connector.manifest
  const sandbox = environment === 'sandbox'
  return {
    monogram,
    look: sandbox ? 'sandbox' : 'plain',
    name: sandbox ? say('wizard.sandbox.name', { ats: name }) : name,
    sub: accountAddress(walk)?.host ?? say('wizard.deck.not_connected'),
  }
}
