import { Callout } from '#components/ui/callout.tsx'
import { Fold } from '#components/ui/fold.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { SearchForm } from '#components/ui/toolbar.tsx'
import { ExistingConnection } from '#components/wizard/ats-picker.tsx'
import { WizardColumn, WizardHead } from '#components/wizard/wizard-step.tsx'
import { type ConnectionRow, listConnections } from '#lib/connections/list.ts'
import { askedFor } from '#lib/feedback/asked.ts'
import { type FoundAts, findAts } from '#lib/link-sessions/find-ats.ts'
import { whereToSignIn } from '#lib/link-sessions/offers-sign-in.ts'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'
import { AtsList } from './ats-list.tsx'

export const generateMetadata = stepTitle('wizard.ats.title')

/** Which ATS: a connection that works already first, then those that are here, then all that can be asked for. */
export default function AtsPage(props: StepProps) {
  return stepPage(props, 'ats', async at => {
    const { actor } = at.walk
    const [usable, asked, signsIn] = await Promise.all([
      listConnections(actor, { usable: true }),
      askedFor(actor),
      whereToSignIn(actor),
    ])
    const search = (at.query('q') ?? '').trim().slice(0, 80)
    const picker = { at, found: findAts(search), asked, signsIn }
    return <PickAts {...picker} usable={usable} />
  })
}

/** So many stand on the screen at first sight. */
const atFirst = 6

type Picker = { at: At; found: FoundAts; asked: ReadonlySet<string>; signsIn: ReadonlySet<string> }

function PickAts({ usable, ...picker }: Picker & { usable: ConnectionRow[] }) {
  const { at, found } = picker
  const { say } = at
  const problem = at.form.error('ats') ?? at.form.error('')
  return (
    <WizardColumn width="full">
      <WizardHead title={say('wizard.ats.title')} lead={say('wizard.ats.lead')} />
      {problem && <Callout tone="bad" role="alert" title={problem} />}
      {at.query('asked') && (
        <Callout tone="ok" role="status" title={say('wizard.ats.asked', { name: at.query('asked') ?? '' })} />
      )}
      {usable.map(connection => (
        <Usable key={connection.id} at={at} connection={connection} />
      ))}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2>{say(usable.length > 0 ? 'wizard.ats.another' : 'wizard.ats.connect')}</h2>
        <SearchForm
          action={at.to('ats')}
          id="search-ats"
          name="q"
          value={found.search}
          label={say('wizard.ats.search')}
          placeholder={say('wizard.ats.search_placeholder')}
          submit={say('wizard.search')}
        />
      </div>
      <form method="post" action={at.to('ats/pick')} className="grid gap-6">
        {found.search ? <Found {...picker} /> : <Everything {...picker} />}
      </form>
    </WizardColumn>
  )
}

/** The common ones, and folded away the whole list. */
function Everything(picker: Picker) {
  const { at, found } = picker
  const { say } = at
  const few = { ...found, absent: found.absent.slice(0, Math.max(0, atFirst - found.here.length)) }
  return (
    <>
      <AtsList {...picker} found={few} label={say('wizard.ats.common')} />
      <Fold summary={say('wizard.ats.more')} count={say.number(found.here.length + found.absent.length)}>
        <p className="text-muted">{say('wizard.ats.more_lead')}</p>
        <AtsList {...picker} label={say('wizard.ats.all')} />
      </Fold>
    </>
  )
}

function Found(picker: Picker) {
  const { at, found } = picker
  const { say } = at
  const count = found.here.length + found.absent.length
  return (
    <>
      <p className="text-muted" role="status">
        {say('wizard.ats.found', { count, search: found.search })}{' '}
        <a href={at.to('ats')}>{say('wizard.clear')}</a>
      </p>
      {count > 0 ? (
        <AtsList {...picker} label={say('wizard.ats.all')} />
      ) : (
        <div>
          <SubmitButton
            variant="plain"
            name="name"
            value={found.search}
            formAction={at.to('ats/ask')}
            busy={say('wizard.keeping')}
          >
            {say('wizard.ats.ask_named', { name: found.search })}
          </SubmitButton>
        </div>
      )}
    </>
  )
}

function Usable({ at, connection }: { at: At; connection: ConnectionRow }) {
  const { say } = at
  const { id, accountName, createdByName, createdAt, positions, environment } = connection
  const ats = say(`${connection.connector}.name`)
  const sandbox = environment === 'sandbox'
  return (
    <ExistingConnection
      id={`use-${id}`}
      monogram={[...ats][0] ?? ''}
      sandbox={sandbox}
      title={say('wizard.ats.use', {
        ats: sandbox ? say('wizard.sandbox.name', { ats }) : ats,
        account: accountName,
        person: createdByName,
      })}
      text={say('wizard.ats.use_text', { name: connection.name, day: say.date(createdAt), positions })}
      action={
        <form method="post" action={at.to('ats/use')} className="grid">
          <SubmitButton variant="plain" name="connection" value={id} busy={say('wizard.next_busy')}>
            {say('wizard.ats.use_button')}
            <span className="sr-only">: {connection.name}</span>
          </SubmitButton>
        </form>
      }
    />
  )
}
