import { NumberGroups, WhoseName } from '#components/numbers/number-groups.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { mostShown, numberChoices } from '#lib/numbers/choices.ts'
import { boxName, ticksShown } from '#lib/numbers/ticks.ts'
import type { NumberChoices } from '#lib/views.ts'
import { type FormView, formView, type Search } from '../../../../../../web/form-view.ts'
import {
  ConnectionFrame,
  type ConnectionProps,
  connectionTitle,
  type OpenConnection,
  openConnection,
} from '../connection-frame.tsx'

type Props = ConnectionProps & { searchParams: Search }

export const generateMetadata = connectionTitle

/** Which of the workspace's numbers belong to this connection, for calls and for messages. */
export default async function ConnectionNumbers(props: Props) {
  const open = await openConnection(props)
  const { say, actor } = open.here
  const form = await formView(say, 'connection-numbers', props.searchParams, actor)
  const q = form.value('q')
  const ticks = ticksShown(form.value)
  const choices = await numberChoices(actor, { connectionId: open.connection.id, q, ticks })
  const { saved } = await props.searchParams
  return (
    <ConnectionFrame open={open} tab="numbers">
      <div>
        <h2>{say('numbers.choose.title')}</h2>
        <p className="mt-0.5 max-w-[70ch] text-muted">
          {say(`${open.connection.connector}.numbers.lead`)} {say('numbers.choose.later')}
        </p>
      </div>
      {open.connection.status === 'inactive' && <Callout title={say('numbers.choose.inactive')} />}
      {form.error('') && <Callout tone="bad" role="alert" title={form.error('')} />}
      {saved !== undefined && !form.refused && (
        <Callout tone="ok" role="status" title={savedWords(open, choices)} />
      )}
      {choices.items.length === 0 && q === '' ? (
        <Nothing open={open} />
      ) : (
        <Choose open={open} choices={choices} form={form} />
      )}
      <WhoseName say={say} connector={open.connection.connector} />
    </ConnectionFrame>
  )
}

function savedWords({ here }: OpenConnection, { items }: NumberChoices): string {
  const count = (use: 'calls' | 'messages') => items.filter(({ ticked }) => ticked[use]).length
  return here.say('numbers.choose.saved', { calls: count('calls'), messages: count('messages') })
}

function Choose({ open, choices, form }: { open: OpenConnection; choices: NumberChoices; form: FormView }) {
  const { here, base, maySwitch } = open
  const { say } = here
  return (
    <form method="post" action={`${base}/numbers/choose`} className="grid gap-4">
      <NumberGroups
        say={say}
        choices={choices}
        most={mostShown}
        boxName={boxName}
        q={form.value('q')}
        known={form.value('known', choices.known) || choices.known}
        disabled={!maySwitch}
      />
      {maySwitch ? (
        <div className="flex flex-wrap items-center gap-2.5">
          <SubmitButton busy={say('numbers.choose.submitting')}>{say('numbers.choose.submit')}</SubmitButton>
          <AddLink open={open} />
        </div>
      ) : (
        <p className="text-sm text-faint">{say('numbers.choose.who')}</p>
      )}
    </form>
  )
}

function AddLink({ open, first }: { open: OpenConnection; first?: boolean }) {
  const { say, workspace } = open.here
  const back = encodeURIComponent(`${open.base}/numbers`)
  return (
    <ButtonLink
      variant={first ? 'primary' : 'quiet'}
      icon="plus"
      href={`/w/${workspace.slug}/numbers/new?next=${back}`}
    >
      {say(first ? 'numbers.add' : 'numbers.choose.add')}
    </ButtonLink>
  )
}

function Nothing({ open }: { open: OpenConnection }) {
  const { say } = open.here
  return (
    <Empty
      icon="phone"
      title={say('numbers.choose.empty_title')}
      text={say(open.maySwitch ? 'numbers.choose.empty_text_tab' : 'numbers.empty_viewer')}
      actions={open.maySwitch && <AddLink open={open} first />}
    />
  )
}
