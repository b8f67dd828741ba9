import type { Reading } from '#lib/audit/list.ts'
import { eventNames } from '#lib/audit/names.ts'
import { folded } from '#lib/forms/text.ts'
import type { Say } from '#lib/views.ts'

/** What a change is called; one that an older or newer Gangway wrote and this one does not know, by its own name. */
export function eventWords(say: Say): (name: string) => string {
  return name => {
    const key = `audit.events.${name}`
    return say.has(key) ? say(key) : say('audit.other_event', { name })
  }
}

/** How this reader reads: her zone, and the changes whose words hold what she searches for. */
export function readingOf(say: Say, q: string): Reading {
  const wanted = folded(q)
  const words = eventWords(say)
  return {
    timeZone: say.timeZone,
    namesMeant: wanted ? eventNames.filter(name => folded(words(name)).includes(wanted)) : [],
  }
}
