import type { IconName } from '#components/ui/icon.tsx'
import type { OAuthAppView } from '#lib/partners/list-oauth-apps.ts'
import type { Say } from '#lib/views.ts'

const looks = {
  works: ['ok', 'circle-check'],
  untested: ['info', 'circle-dashed'],
  unclear: ['warn', 'triangle-alert'],
  refused: ['bad', 'octagon-alert'],
  stopped_refused: ['bad', 'octagon-alert'],
  stopped_away: ['warn', 'hourglass'],
  doubted: ['warn', 'triangle-alert'],
  removed: ['plain', 'trash'],
} as const satisfies Record<string, readonly ['ok' | 'info' | 'warn' | 'bad' | 'plain', IconName]>

type State = keyof typeof looks

const ofTest = { works: 'works', app_refused: 'refused', unclear: 'unclear' } as const

function stateOf(app: OAuthAppView): State {
  if (app.removedAt) return 'removed'
  if (app.state === 'stopped') return app.stoppedReason === 'unavailable' ? 'stopped_away' : 'stopped_refused'
  if (isDoubted(app)) return 'doubted'
  return app.testResult ? ofTest[app.testResult] : 'untested'
}

/** A sign-in of it was refused without a reason, when no other could say whose fault that is: until a test says more. */
const isDoubted = ({ problem, testedAt }: OAuthAppView): boolean =>
  problem?.kind === 'refused_oddly' && (!testedAt || testedAt < problem.at)

/** How an app is, in words: whether it works, since when not and why, when it is tried again, whose turn it is. */
export function stateWords(say: Say, app: OAuthAppView) {
  const state = stateOf(app)
  const [tone, icon] = looks[state]
  const at = (date: Date | null) => (date ? say.dateTime(date) : '')
  const values = {
    name: app.place.name,
    tested: at(app.testedAt),
    since: at(app.stoppedAt),
    doubted: at(app.problem?.at ?? null),
    retry: app.retryAt ? say('partner.oauth.next_try', { at: at(app.retryAt) }) : '',
    count: app.connections,
  }
  const words = (part: 'badge' | 'title' | 'text') => say(`partner.oauth.states.${state}.${part}`, values)
  return { state, tone, icon, badge: words('badge'), title: words('title'), text: words('text') }
}

/** A place as it is called: the sandbox's is never taken for the real one. */
export const placeName = (say: Say, { environment, name }: OAuthAppView['place']): string =>
  environment === 'sandbox' ? say('partner.oauth.sandbox_of', { name }) : name
