import { PublicShell } from '#components/shell/public-shell.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { isSetUpLink } from '#lib/members/set-up.ts'
import { formView, type Search } from '../../../web/form-view.ts'
import { sayOfPage } from '../../../web/here.ts'
import { publicFrame } from '../../../web/public-frame.tsx'
import { pageTitle } from '../../../web/words.tsx'
import { SetUpForm } from './set-up-form.tsx'

export const generateMetadata = async () => {
  const say = await sayOfPage()
  return pageTitle(say, say('setUp.title'))
}

type Props = { params: Promise<{ secret: string }>; searchParams: Search }

/** Looking at it does not use the address up. */
export default async function SetUpPage({ params, searchParams }: Props) {
  const { secret } = await params
  const say = await sayOfPage()
  if (!(await isSetUpLink(secret)))
    return (
      <PublicShell {...publicFrame(say)} title={say('setUp.gone_title')} lead={say('setUp.gone')}>
        <ButtonLink size="lg" href="/sign-in">
          {say('setUp.to_sign_in')}
        </ButtonLink>
      </PublicShell>
    )
  const form = await formView(say, 'set-up', searchParams)
  return (
    <PublicShell {...publicFrame(say)} title={say('setUp.title')} lead={say('setUp.lead')}>
      <SetUpForm say={say} form={form} action={`/set-up/${secret}/create`} />
    </PublicShell>
  )
}
