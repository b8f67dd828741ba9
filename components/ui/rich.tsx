import { Fragment } from 'react'
import { Scope } from './scope.tsx'

const marks = /(\*\*[^*]+\*\*|`[^`]+`)/

/** A sentence of the message files in which `**this**` stands out and `` `this` `` is a name of the ATS's own. */
export function Rich({ children }: { children: string }) {
  return children.split(marks).map((part, index) => {
    const key = index
    if (part.startsWith('**') && part.length > 4) return <b key={key}>{part.slice(2, -2)}</b>
    if (part.startsWith('`') && part.length > 2) return <Scope key={key}>{part.slice(1, -1)}</Scope>
    return <Fragment key={key}>{part}</Fragment>
  })
}
