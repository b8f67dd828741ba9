import { ChoiceButton, Choices } from '#components/ui/choice-card.tsx'
import { CopyText } from '#components/ui/code.tsx'
import type { IconName } from '#components/ui/icon.tsx'
import { type Need, Needs, SubQuestion } from '#components/wizard/needs.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import { scopesFor } from '#lib/link-sessions/scopes.ts'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'

export const generateMetadata = stepTitle('wizard.admin.title')

/** What is needed, before anything is typed, and who is an admin of the ATS. */
export default function AdminPage(props: StepProps) {
  return stepPage(props, 'admin', at => <Admin at={at} />)
}

function Admin({ at }: { at: At }) {
  const { say, walk } = at
  const of = `${walk.connector?.manifest.id}`
  return (
    <WizardColumn>
      <WizardHead title={say('wizard.admin.title')} lead={say('wizard.admin.lead')} />
      <Needs id="have-ready" title={say(`${of}.requirements.title`)} items={needsOf(at)} />
      <SubQuestion title={say(`${of}.admin.question`)} text={say(`${of}.admin.tip`)} />
      <form method="post" action={at.to('admin/answer')}>
        <Choices>
          <ChoiceButton
            name="admin"
            value="me"
            icon="shield-check"
            title={say(`${of}.admin.me`)}
            text={say('wizard.admin.me_text')}
          />
          {walk.progress.answers.admin === 'other' ? (
            <Letter at={at} />
          ) : (
            <ChoiceButton
              name="admin"
              value="other"
              icon="send"
              title={say(`${of}.admin.other`)}
              text={say('wizard.admin.other_text')}
            />
          )}
        </Choices>
      </form>
      <WizardFoot back={at.back} />
    </WizardColumn>
  )
}

const needIcons: readonly IconName[] = ['shield-check', 'key-round', 'link-2', 'mail']

function needsOf({ say, walk }: At): Need[] {
  const of = `${walk.connector?.manifest.id}.requirements`
  return needIcons.flatMap((icon, index) => {
    const key = `${of}.${index + 1}`
    if (!say.has(`${key}.title`)) return []
    const text = say(`${key}.body`, { email: walk.actor.email })
    return [{ icon, title: say(`${key}.title`), text }]
  })
}

/** Until the hand-off exists: a text for whoever is the admin. She goes on here with what comes back. */
function Letter({ at: { say, walk } }: { at: At }) {
  const { connector, actor } = walk
  if (!connector) return null
  const scopes = scopesFor(connector, 'read_write').join(', ')
  return (
    <div className="grid gap-3 rounded-lg border border-line bg-surface p-4.5">
      <CopyText
        id="letter"
        label={say(`${connector.manifest.id}.admin.other`)}
        text={say(`${connector.manifest.id}.admin.letter`, { person: actor.name, scopes })}
        word={say('wizard.copy')}
        done={say('wizard.copied')}
        copy={{ label: say('wizard.admin.copy_letter'), copied: say('wizard.copied') }}
      />
      <p className="text-sm text-muted">{say('wizard.admin.letter_then')}</p>
    </div>
  )
}
