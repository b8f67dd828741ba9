import type { ReactNode } from 'react'
import { ButtonLink } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Icon, type IconName } from '#components/ui/icon.tsx'
import { PasswordAgain } from '#components/ui/password-again.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { ConnectionDetail, LinkedPosition, Say } from '#lib/views.ts'
import { atsName } from './words.ts'

type Props = {
  say: Say
  connection: ConnectionDetail
  /** Address of the connection; the dialog lies over its settings. */
  base: string
  linked: readonly LinkedPosition[]
  /** How many positions are linked in all. */
  positions: number
  /** How many numbers it uses. */
  numbers: number
  /** The sign-in is older than 15 minutes. */
  asksPassword: boolean
  value: (name: string) => string
  error: (name: string) => string | undefined
}

/** **Delete integration**: what ends and what stays, the word, and where the sign-in is old the password. */
export function DeleteDialog(props: Props) {
  const { say, connection, base, asksPassword, value, error } = props
  const settings = `${base}/settings`
  return (
    <form method="post" action={`${base}/delete`}>
      <Dialog
        id="delete"
        tone="bad"
        icon="trash"
        title={say('connections.delete.title', { name: connection.name })}
        text={say('connections.delete.text')}
        close={settings}
        foot={
          <>
            <ButtonLink href={settings}>{say('connections.delete.keep')}</ButtonLink>
            <SubmitButton variant="danger" busy={say('connections.delete.busy')}>
              {say('connections.delete.act')}
            </SubmitButton>
          </>
        }
      >
        <Ends {...props} />
        <TextField
          id="word"
          name="word"
          mono
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          label={say('connections.delete.word')}
          defaultValue={value('word')}
          error={error('word')}
        />
        {asksPassword && <PasswordAgain say={say} error={error} />}
      </Dialog>
    </form>
  )
}

function Ends({ say, connection, linked, positions, numbers }: Props) {
  const name = atsName(say, connection)
  const of = (word: string, values = {}) => say(`connections.delete.${word}`, { name, ...values })
  const titles = linked.map(({ title }) => title).join(', ')
  const more = positions - linked.length
  const which = positions === 0 ? 'links_none' : more > 0 ? 'links_more' : 'links_text'
  return (
    <ul className="divide-y divide-line">
      <End icon="unlink" title={of('links', { count: positions })} text={of(which, { titles, more })} />
      {numbers > 0 && (
        <End icon="phone" title={of('numbers', { count: numbers })} text={of('numbers_text')} />
      )}
      <End
        icon="activity"
        title={of('requests')}
        text={of(connection.way === 'oauth' ? 'requests_text_grant' : 'requests_text')}
      />
      {connection.way === 'oauth' ? (
        <End icon="shield-check" title={of('grant')} text={of('grant_text')} />
      ) : (
        <End icon="key-round" title={of('key')} text={of('key_text')} />
      )}
      <End icon="file-text" title={of('stays')} text={of('stays_text')} />
    </ul>
  )
}

function End(props: { icon: IconName; title: ReactNode; text: ReactNode }) {
  return (
    <li className="flex gap-3 py-2.5 first:pt-0">
      <Icon name={props.icon} className="mt-0.5" />
      <div className="min-w-0">
        <b className="block">{props.title}</b>
        <p className="text-sm wrap-anywhere text-muted">{props.text}</p>
      </div>
    </li>
  )
}
