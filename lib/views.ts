/** What the edges hand to components: plain data, ready to show. Components know nothing else of `lib/`. */
export type { Say } from './intl.ts'
