import type { Say } from '#lib/views.ts'
import { SupportWords } from './words.tsx'

/** What every page before the sign-in has around it. */
export const publicFrame = (say: Say) => ({
  skip: say('app.skip'),
  brand: { name: say('app.name'), href: '/' },
  pier: { title: say('pier.title'), text: say('pier.text') },
  support: <SupportWords say={say} />,
  affiliation: say('app.affiliation'),
})
