import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { Crumbs, Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { newId } from '#lib/ids.ts'
import { pickRegion } from '#lib/intl.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { can } from '#lib/members/roles.ts'
import { isCallingCountry } from '#lib/numbers/phone.ts'
import { countryOfNewest } from '#lib/numbers/read.ts'
import { formView, type Search } from '../../../../web/form-view.ts'
import { Frame } from '../../../../web/frame.tsx'
import { enterPage, type Here } from '../../../../web/here.ts'
import { ownPath } from '../../../../web/own-path.ts'
import { pageTitle } from '../../../../web/words.tsx'
import { NumberFields } from '../number-fields.tsx'

type Props = { params: Promise<{ workspace: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { say } = await enterPage((await params).workspace)
  return pageTitle(say, say('numbers.add_title'))
}

/** A new number. `next` is where somebody came from to add it, and goes back to. */
export default async function NewNumberPage({ params, searchParams }: Props) {
  const here = await enterPage((await params).workspace)
  const { actor, workspace, say } = here
  if (!can(actor.role, 'manage_integrations')) notFound()
  const [form, owners, country] = await Promise.all([
    formView(say, 'number-new', searchParams, actor),
    listMembers(actor),
    likelyCountry(here),
  ])
  const base = `/w/${workspace.slug}/numbers`
  const next = ownPath((await searchParams).next, base)
  const stored = { number: '', country, label: '', owner: actor.memberId, calls: true, messages: true }
  return (
    <Frame here={here} place="numbers">
      <Page>
        <Crumbs
          label={say('app.breadcrumb')}
          items={[{ label: say('numbers.title'), href: base }, { label: say('numbers.add_title') }]}
        />
        <PageHead title={say('numbers.add_title')} />
        <form
          method="post"
          action={`${base}/create?next=${encodeURIComponent(next)}`}
          className="grid max-w-[720px] gap-4"
        >
          <input type="hidden" name="id" value={form.value('id') || newId()} />
          <NumberFields say={say} form={form} stored={stored} owners={owners} />
          <div className="flex flex-wrap gap-2.5">
            <SubmitButton busy={say('numbers.add_busy')}>{say('numbers.add')}</SubmitButton>
            <ButtonLink variant="quiet" href={next}>
              {say('numbers.back')}
            </ButtonLink>
          </div>
        </form>
      </Page>
    </Frame>
  )
}

/** Most likely the country of the number before; else that of the browser's language. */
async function likelyCountry({ actor, say }: Here): Promise<string> {
  const newest = await countryOfNewest(actor)
  if (newest) return newest
  const region = pickRegion(say.locale, (await headers()).get('accept-language') ?? '').split('-')[1]
  return region && isCallingCountry(region.toUpperCase()) ? region.toUpperCase() : ''
}
