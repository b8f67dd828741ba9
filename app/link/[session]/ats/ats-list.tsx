import { Badge } from '#components/ui/badge.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { AtsAbsent, AtsButton, AtsGrid } from '#components/wizard/ats-picker.tsx'
import type { FoundAts } from '#lib/link-sessions/find-ats.ts'
import { textOf } from '#lib/partners/oauth-places.ts'
import type { At } from '../../step-page.tsx'

/** ATSs in the form of the picker: those that are here are pressed, the others are asked for. */
export function AtsList(props: {
  at: At
  found: FoundAts
  asked: ReadonlySet<string>
  /** Where there is another way than a key. */
  signsIn: ReadonlySet<string>
  label: string
}) {
  const { at, found, asked, signsIn } = props
  const { say } = at
  return (
    <AtsGrid label={props.label}>
      {found.here.map(ats => {
        const sandbox = ats.environment === 'sandbox'
        const ways = signsIn.has(textOf(ats)) ? 'wizard.ats.ways_both' : 'wizard.ats.ways'
        return (
          <AtsButton
            key={ats.value}
            field="ats"
            value={ats.value}
            monogram={ats.monogram}
            sandbox={sandbox}
            name={sandbox ? say('wizard.sandbox.name', { ats: ats.name }) : ats.name}
            text={say(sandbox ? 'wizard.sandbox.about' : ways)}
            badge={
              <Badge kind={sandbox ? 'test-data' : 'ready'}>
                {say(sandbox ? 'wizard.sandbox.badge' : 'wizard.ats.ready')}
              </Badge>
            }
          />
        )
      })}
      {found.absent.map(name => (
        <AtsAbsent
          key={name}
          name={name}
          monogram={[...name][0]?.toUpperCase() ?? ''}
          text={say('wizard.ats.absent')}
          ask={<Ask at={at} name={name} asked={asked.has(name.toLowerCase())} />}
        />
      ))}
    </AtsGrid>
  )
}

function Ask({ at, name, asked }: { at: At; name: string; asked: boolean }) {
  const { say } = at
  if (asked) return <Badge icon="check">{say('wizard.ats.asked_badge')}</Badge>
  return (
    <SubmitButton
      variant="plain"
      size="sm"
      name="name"
      value={name}
      formAction={at.to('ats/ask')}
      busy={say('wizard.keeping')}
    >
      {say('wizard.ats.ask')}
      <span className="sr-only">: {name}</span>
    </SubmitButton>
  )
}
