import { redirect } from 'next/navigation'
import { enterPage } from '../../web/here.ts'

type Props = { params: Promise<{ workspace: string }> }

/** A workspace's home is its positions. */
export default async function WorkspaceHome({ params }: Props) {
  const { workspace } = await enterPage((await params).workspace)
  redirect(`/w/${workspace.slug}/positions`)
}
