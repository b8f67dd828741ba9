import { Page, PageHead } from '#components/shell/page.tsx'
import { Callout } from '#components/ui/callout.tsx'
import type { Search } from '../web/form-view.ts'
import { type Person, personOfPage } from '../web/here.ts'
import { pageTitle } from '../web/words.tsx'
import { AccountFrame } from './account-frame.tsx'
import { DetailsSection } from './details-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SessionsSection } from './sessions-section.tsx'

export async function generateMetadata() {
  const { say } = await personOfPage()
  return pageTitle(say, say('account.title'))
}

/** What is a person's own: her name, language and zone, her password, and where she is signed in. */
export default async function AccountPage({ searchParams }: { searchParams: Search }) {
  const person = await personOfPage()
  const { say } = person
  const search = await searchParams
  return (
    <AccountFrame person={person}>
      <Page>
        <PageHead title={say('account.title')} lead={say('account.lead')} />
        {search.form === undefined && <Done person={person} done={search.done} />}
        <DetailsSection person={person} search={searchParams} />
        <PasswordSection person={person} search={searchParams} />
        <SessionsSection person={person} />
      </Page>
    </AccountFrame>
  )
}

const done = {
  saved: { title: 'account.saved', text: undefined },
  password: { title: 'account.password.changed_title', text: 'account.password.changed_text' },
  session: { title: 'account.sessions.ended', text: undefined },
  others: { title: 'account.sessions.others_ended', text: undefined },
} as const satisfies Record<string, { title: string; text: string | undefined }>

const isDone = (word: unknown): word is keyof typeof done =>
  typeof word === 'string' && Object.hasOwn(done, word)

/** What was just done, by `done` in the address. */
function Done({ person: { say, actor }, done: word }: { person: Person; done: unknown }) {
  if (!isDone(word)) return null
  const { title, text } = done[word]
  return (
    <Callout tone="ok" role="status" title={say(title)}>
      {text && say(text, { email: actor.email })}
    </Callout>
  )
}
