import { notFound } from 'next/navigation'
import { cache } from 'react'
import { GangwayError } from '#lib/errors.ts'
import { readPosition } from '#lib/positions/read.ts'
import type { PositionRow } from '#lib/views.ts'
import { enterPage, type Here } from '../../../../web/here.ts'

/** For the pages of a position: who asks and the position, read once a request; a 404 for what is not this workspace's. */
export const enterPosition = cache(
  async (slug: string, id: string): Promise<{ here: Here; position: PositionRow; base: string }> => {
    const here = await enterPage(slug)
    const position = await readPosition(here.actor, id).catch((error: unknown) => {
      if (error instanceof GangwayError && error.code === 'not_found') notFound()
      throw error
    })
    return { here, position, base: `/w/${here.workspace.slug}/positions` }
  },
)
