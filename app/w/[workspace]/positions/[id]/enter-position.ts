import { cache } from 'react'
import { readPosition } from '#lib/positions/read.ts'
import type { PositionRow } from '#lib/views.ts'
import { enterPage, type Here } from '../../../../web/here.ts'
import { orNotFound } from '../../../../web/or-not-found.ts'

/** For the pages of a position: who asks and the position, read once a request; a 404 for what is not this workspace's. */
export const enterPosition = cache(
  async (slug: string, id: string): Promise<{ here: Here; position: PositionRow; base: string }> => {
    const here = await enterPage(slug)
    const position = await orNotFound(() => readPosition(here.actor, id))
    return { here, position, base: `/w/${here.workspace.slug}/positions` }
  },
)
