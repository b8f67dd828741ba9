import { notFound } from 'next/navigation'
import { Crumbs, Page, PageHead } from '#components/shell/page.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { newId } from '#lib/ids.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { can } from '#lib/members/roles.ts'
import { listDepartments } from '#lib/positions/departments.ts'
import { formView, type Search } from '../../../../web/form-view.ts'
import { Frame } from '../../../../web/frame.tsx'
import { enterPage } from '../../../../web/here.ts'
import { pageTitle } from '../../../../web/words.tsx'
import { PositionFields } from '../position-fields.tsx'

type Props = { params: Promise<{ workspace: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { say } = await enterPage((await params).workspace)
  return pageTitle(say, say('positions.new_title'))
}

export default async function NewPositionPage({ params, searchParams }: Props) {
  const here = await enterPage((await params).workspace)
  const { actor, workspace, say } = here
  if (!can(actor.role, 'edit_positions')) notFound()
  const [form, owners, departments] = await Promise.all([
    formView(say, 'position-new', searchParams, actor),
    listMembers(actor),
    listDepartments(actor),
  ])
  const base = `/w/${workspace.slug}/positions`
  const stored = { title: '', code: '', department: '', place: '', owner: actor.memberId }
  return (
    <Frame here={here} place="positions">
      <Page>
        <Crumbs
          label={say('app.breadcrumb')}
          items={[{ label: say('positions.title'), href: base }, { label: say('positions.new_title') }]}
        />
        <PageHead title={say('positions.new_title')} />
        <form method="post" action={`${base}/create`} className="grid max-w-[720px] gap-4">
          <input type="hidden" name="id" value={form.value('id', newId())} />
          <PositionFields say={say} form={form} stored={stored} owners={owners} departments={departments} />
          <div>
            <SubmitButton busy={say('positions.making')}>{say('positions.make')}</SubmitButton>
          </div>
        </form>
      </Page>
    </Frame>
  )
}
