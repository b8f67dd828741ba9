import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { PasswordAgain } from '#components/ui/password-again.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { isProven } from '#lib/members/recent-proof.ts'
import type { OAuthAppView } from '#lib/partners/list-oauth-apps.ts'
import { formView, type Search } from '../../../web/form-view.ts'
import type { AtPartner } from '../../../web/here.ts'
import { ClientFields } from '../parts.tsx'

type Props = { at: AtPartner; app: OAuthAppView; home: string; search: Search }

/** Asks for the new secret, and says what becomes of the one before. */
export async function ReplaceDialog({ at: { say, actor }, app, home, search }: Props) {
  const [form, proven] = await Promise.all([
    formView(say, 'oauth-app-replace', search, actor),
    isProven(actor),
  ])
  return (
    <form method="post" action={`${home}/replace`}>
      <Dialog
        id="replace"
        icon="key-round"
        title={say('partner.oauth.replace_title')}
        text={say('partner.oauth.replace_text')}
        close={home}
        foot={
          <>
            <ButtonLink href={home}>{say('partner.oauth.keep')}</ButtonLink>
            <SubmitButton busy={say('partner.oauth.replace_busy')}>
              {say('partner.oauth.replace_go')}
            </SubmitButton>
          </>
        }
      >
        <WholeProblem text={form.error('')} />
        <ClientFields
          say={say}
          form={form}
          clientId={app.clientId}
          clientHint={say('partner.oauth.client_keep')}
          proven={proven}
        />
      </Dialog>
    </form>
  )
}

/** Asks before an app is removed, and says what goes on by it. */
export async function RemoveDialog({ at: { say, actor }, app, home, search }: Props) {
  const [form, proven] = await Promise.all([
    formView(say, 'oauth-app-remove', search, actor),
    isProven(actor),
  ])
  const count = app.connections
  return (
    <form method="post" action={`${home}/remove`}>
      <Dialog
        id="remove"
        tone="bad"
        icon="trash"
        title={say('partner.oauth.remove_title')}
        text={say('partner.oauth.remove_text', { name: app.place.name })}
        close={home}
        foot={
          <>
            <ButtonLink href={home}>{say('partner.oauth.keep')}</ButtonLink>
            <SubmitButton variant="danger" busy={say('partner.oauth.remove_busy')}>
              {say('partner.oauth.remove')}
            </SubmitButton>
          </>
        }
      >
        <WholeProblem text={form.error('')} />
        <p>{say('partner.oauth.remove_connections', { count })}</p>
        <p>{say('partner.oauth.remove_uri')}</p>
        {!proven && <PasswordAgain say={say} error={form.error} />}
      </Dialog>
    </form>
  )
}

function WholeProblem({ text }: { text: string | undefined }) {
  return text ? <Callout tone="bad" role="alert" title={text} /> : null
}
