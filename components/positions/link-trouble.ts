import type { PositionLink, Say } from '#lib/views.ts'
import { refusedOnce } from '../connections/trouble.ts'
import { atsName, when } from '../connections/words.ts'
import { shownLink } from './link-cell.tsx'

export type LinkTrouble = { tone: 'plain' | 'warn' | 'bad'; text: string; see: 'connection' | undefined }

const tones = { linked: 'plain', open: 'plain', warn: 'warn', broken: 'bad' } as const
/** What is the matter with the job is mended here; everything else on the connection's page. */
const ofTheJob = ['job_gone', 'job_closed', 'job_draft']

/** What is the matter with a link, in a sentence that says whose turn it is, hers where she may mend it; undefined when nothing is. */
export function linkTrouble(
  say: Say,
  link: PositionLink,
  { now, mayMend }: { now: Date; mayMend: boolean },
): LinkTrouble | undefined {
  const { state, badge } = shownLink(link)
  if (!badge) return undefined
  const ats = atsName(say, link)
  const { healthReason, refreshProblem } = link
  const why = refusedOnce(healthReason, refreshProblem) ? 'refused_once' : healthReason
  const reason = say(`connections.reason.${why ?? 'unexpected_answer'}`, { name: ats })
  const since = when(say, link.healthSince, now)
  const of = `linked.trouble.${badge.word}`
  return {
    tone: tones[state],
    text: say(mayMend && say.has(`${of}_mine`) ? `${of}_mine` : of, { ats, reason, since, way: link.way }),
    see: ofTheJob.includes(badge.word) ? undefined : 'connection',
  }
}
