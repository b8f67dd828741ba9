import { redirect } from 'next/navigation'
import { PublicShell } from '#components/shell/public-shell.tsx'
import { SecretField } from '#components/ui/affix-field.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { isProven } from '#lib/members/recent-proof.ts'
import { hasOwner } from '#lib/members/set-up.ts'
import { formView, type Search } from '../../web/form-view.ts'
import { sayOfPage, visitorOfPage } from '../../web/here.ts'
import { ownPath } from '../../web/own-path.ts'
import { publicFrame } from '../../web/public-frame.tsx'
import { pageTitle } from '../../web/words.tsx'
import { ZoneField } from '../zone-field.tsx'

export const generateMetadata = async () => {
  const say = await sayOfPage()
  return pageTitle(say, say('signIn.title'))
}

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const asked = await searchParams
  const next = ownPath(asked.next)
  const person = await visitorOfPage()
  const again = asked.again === 'yes' && person !== undefined && !(await isProven(person.actor))
  if (person && !again) redirect(next)
  const say = await sayOfPage()
  const ready = await hasOwner()
  const form = await formView(say, 'sign-in', searchParams)
  return (
    <PublicShell {...publicFrame(say)} title={say('signIn.title')} lead={say(leadOf({ ready, again, next }))}>
      {asked.reset === 'done' && <Callout tone="ok" role="status" title={say('passwordReset.done')} />}
      <form method="post" action="/sign-in/enter" className="grid gap-4">
        <input type="hidden" name="next" value={next} />
        {again && <input type="hidden" name="again" value="yes" />}
        <ZoneField />
        <TextField
          large
          id="email"
          name="email"
          type="text"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          label={say('signIn.email')}
          defaultValue={form.value('email', again ? person.actor.email : '')}
          error={form.error('email')}
        />
        <SecretField
          id="password"
          name="password"
          kind="password"
          autoComplete="current-password"
          required
          label={say('signIn.password')}
          show={say('forms.show')}
          error={form.error('password') ?? form.error('')}
          aside={<a href="/password">{say('signIn.forgotten')}</a>}
        />
        <SubmitButton size="lg" block busy={say('signIn.busy')}>
          {say('signIn.submit')}
        </SubmitButton>
      </form>
      <p className="text-sm text-faint">{say('signIn.help')}</p>
    </PublicShell>
  )
}

function leadOf({ ready, again, next }: { ready: boolean; again: boolean; next: string }): string {
  if (!ready) return 'signIn.not_set_up'
  if (again) return 'signIn.again'
  return next === '/' ? 'signIn.lead' : 'signIn.ended'
}
