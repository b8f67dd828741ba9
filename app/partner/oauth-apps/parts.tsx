import { SecretField } from '#components/ui/affix-field.tsx'
import { CopyText } from '#components/ui/code.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { PasswordAgain } from '#components/ui/password-again.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Say } from '#lib/views.ts'
import type { FormView } from '../../web/form-view.ts'

/** The address to register at the ATS, with a button that copies it. */
export function RedirectUri({ say, uri, name }: { say: Say; uri: string; name: string }) {
  const copied = say('partner.oauth.uri_copied')
  return (
    <>
      <p className="text-muted">{say('partner.oauth.uri_text', { name })}</p>
      <CopyText
        id="redirect_uri"
        label={say('partner.oauth.uri')}
        text={uri}
        rows={2}
        word={say('partner.oauth.uri_copy')}
        done={copied}
        copy={{ label: say('partner.oauth.uri_copy_what'), copied }}
      />
    </>
  )
}

/** Client id and secret, and the password where it was given too long ago. The secret is never filled in by us. */
export function ClientFields(props: {
  say: Say
  form: FormView
  clientId?: string
  clientHint: string
  proven: boolean
}) {
  const { say, form } = props
  return (
    <>
      <TextField
        id="client_id"
        name="client_id"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        mono
        label={say('partner.oauth.client')}
        hint={props.clientHint}
        defaultValue={form.value('client_id', props.clientId)}
        error={form.error('client_id')}
      />
      <SecretField
        id="client_secret"
        name="client_secret"
        required
        label={say('partner.oauth.secret')}
        hint={say('partner.oauth.secret_hint')}
        error={form.error('client_secret')}
        show={say('forms.show')}
      />
      {!props.proven && <PasswordAgain say={say} error={form.error} />}
    </>
  )
}

/** The labels of those fields, for the summary of what is wrong. */
export const fieldLabels = (say: Say) => ({
  client_id: say('partner.oauth.client'),
  client_secret: say('partner.oauth.secret'),
  password: say('forms.again'),
})

/** For the partner's people who may not manage apps. */
export function NotForThem({ say }: { say: Say }) {
  return (
    <Empty
      icon="lock"
      title={say('partner.oauth.not_yours_title')}
      text={say('partner.oauth.not_yours_text')}
    />
  )
}
