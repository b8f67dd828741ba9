import { PublicShell } from '#components/shell/public-shell.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { mailLeaves } from '#lib/members/ask-reset.ts'
import { sayOfPage } from '../../../web/here.ts'
import { publicFrame } from '../../../web/public-frame.tsx'
import { pageTitle } from '../../../web/words.tsx'

const words = () => (mailLeaves() ? 'sent' : 'kept')

export const generateMetadata = async () => {
  const say = await sayOfPage()
  return pageTitle(say, say(`passwordReset.${words()}_title`))
}

/** What happens now, in words that fit whether or not anybody has the address. */
export default async function SentPage() {
  const say = await sayOfPage()
  const title = say(`passwordReset.${words()}_title`)
  return (
    <PublicShell {...publicFrame(say)} title={title} lead={say(`passwordReset.${words()}`)}>
      {mailLeaves() && <p className="text-muted">{say('passwordReset.sent_nothing')}</p>}
      <div className="flex flex-wrap gap-2">
        <ButtonLink size="lg" href="/sign-in">
          {say('passwordReset.back')}
        </ButtonLink>
        <ButtonLink size="lg" variant="quiet" href="/password">
          {say('passwordReset.again')}
        </ButtonLink>
      </div>
    </PublicShell>
  )
}
