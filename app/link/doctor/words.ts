import type { At } from '../step-page.tsx'

/** Whether the doctor looks at what somebody granted by signing in, and not at a key. */
export const isGrant = ({ walk }: At): boolean => walk.progress.answers.way === 'oauth'

/** The key of a sentence of the doctor's page: of a grant in its own words, where it has some. */
export function checkKey(at: At, key: string): string {
  const own = `wizard.grant_check.${key}`
  return isGrant(at) && at.say.has(own) ? own : `wizard.check.${key}`
}
