import { ErrorPage } from '#components/shell/error-page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { sayOfPage } from './web/here.ts'
import { SupportWords } from './web/words.tsx'

export default async function NotFound() {
  const say = await sayOfPage()
  return (
    <ErrorPage
      brand={{ name: say('app.name'), href: '/' }}
      title={say('not_found.title')}
      lead={say('not_found.lead')}
      actions={<ButtonLink href="/">{say('not_found.home')}</ButtonLink>}
      facts={<SupportWords say={say} />}
    />
  )
}
