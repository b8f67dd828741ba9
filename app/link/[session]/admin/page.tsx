import { ChoiceButton, Choices } from '#components/ui/choice-card.tsx'
import { CopyText } from '#components/ui/code.tsx'
import type { IconName } from '#components/ui/icon.tsx'
import { type Need, Needs, SubQuestion } from '#components/wizard/needs.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import { homeAddress } from '#lib/home-address.ts'
import { scopesFor } from '#lib/link-sessions/scopes.ts'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'

export const generateMetadata = stepTitle('wizard.admin.title')

/** What is needed, before anything is typed, and who is an admin of the ATS. */
export default function AdminPage(props: StepProps) {
  return stepPage(props, 'admin', at => <Admin at={at} />)
}

function Admin({ at }: { at: At }) {
  const { say, walk } = at
  const of = wordsOf(at)
  const other = say.has(`${of}.admin.other_text`) ? `${of}.admin.other_text` : 'wizard.admin.other_text'
  const me = say.has(`${of}.admin.me_text`) ? `${of}.admin.me_text` : 'wizard.admin.me_text'
  return (
    <WizardColumn>
      <WizardHead title={say('wizard.admin.title')} lead={say('wizard.admin.lead')} />
      <Needs id="have-ready" title={say(`${needsIn(at)}.title`)} items={needsOf(at)} />
      <SubQuestion title={say(`${of}.admin.question`)} text={say(`${of}.admin.tip`)} />
      <form method="post" action={at.to('admin/answer')}>
        <Choices>
          <ChoiceButton
            name="admin"
            value="me"
            icon="shield-check"
            title={say(`${of}.admin.me`)}
            text={say(me)}
          />
          {walk.progress.answers.admin === 'other' ? (
            <Letter at={at} />
          ) : (
            <ChoiceButton
              name="admin"
              value="other"
              icon="send"
              title={say(`${of}.admin.other`)}
              text={say(other)}
            />
          )}
        </Choices>
      </form>
      <WizardFoot back={at.back} />
    </WizardColumn>
  )
}

/** Each way asks in its own words: who has a key made, or who signs in. */
function wordsOf({ walk }: At): string {
  const { connector, progress } = walk
  return `${connector?.manifest.id}${progress.answers.way === 'oauth' ? '.ways.oauth' : ''}`
}

const needsIn = (at: At): string =>
  at.walk.progress.answers.way === 'oauth' ? `${wordsOf(at)}.needs` : `${wordsOf(at)}.requirements`

const needIcons = {
  api_key: ['shield-check', 'key-round', 'link-2', 'mail'],
  oauth: ['log-in', 'users'],
} as const satisfies Record<string, readonly IconName[]>

function needsOf(at: At): Need[] {
  const { say, walk } = at
  const of = needsIn(at)
  const icons: readonly IconName[] = needIcons[walk.progress.answers.way ?? 'api_key']
  return icons.flatMap((icon, index) => {
    const key = `${of}.${index + 1}`
    if (!say.has(`${key}.title`)) return []
    const text = say(`${key}.body`, { email: walk.actor.email })
    return [{ icon, title: say(`${key}.title`), text }]
  })
}

/** Until the hand-off exists: a text for whoever is the admin. She goes on here with what comes back. */
function Letter({ at }: { at: At }) {
  const { say, walk } = at
  const { connector, actor } = walk
  if (!connector) return null
  const scopes = scopesFor(connector, 'read_write').join(', ')
  const { name } = connector.manifest
  const of = wordsOf(at)
  const then = `${of}.letter_then`
  return (
    <div className="grid gap-3 rounded-lg border border-line bg-surface p-4.5">
      <CopyText
        id="letter"
        label={say(`${of}.admin.other`)}
        text={say(`${of}.admin.letter`, {
          person: actor.name,
          scopes,
          address: homeAddress(),
          name: walk.environment === 'sandbox' ? say('wizard.sandbox.name', { ats: name }) : name,
        })}
        word={say('wizard.copy')}
        done={say('wizard.copied')}
        copy={{ label: say('wizard.admin.copy_letter'), copied: say('wizard.copied') }}
      />
      <p className="text-sm text-muted">{say(say.has(then) ? then : 'wizard.admin.letter_then')}</p>
    </div>
  )
}
