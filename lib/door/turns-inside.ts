const mostInside = 64
/** No statement goes on for longer: what a request that has ended still does inside is over by then. */
const afterTheEndMs = 15_000

const line = new Set<() => void>()
let insideNow = 0

/** A request's turn inside: `come` when it has one, `end` when its work is over, `leave` when nobody waits for its answer any more. */
export type Turn = { come: Promise<void>; end: () => void; leave: () => void }

/**
 * A turn inside: at most 64 at once, the others stand in line at the door, where a request that was told to come back costs nothing. More at
 * once would not be answered sooner, and after an outage all of them would have to be worked off.
 */
export function takeTurn(): Turn {
  let isIn = false
  let enter = () => {}
  const come = new Promise<void>(resolve => {
    enter = () => {
      isIn = true
      insideNow++
      resolve()
    }
  })
  const end = () => {
    if (!isIn) return
    isIn = false
    insideNow--
    const [next] = line
    if (next) line.delete(next)
    next?.()
  }
  // Inside it may go on for a while: that still counts, but not for ever.
  const leave = () => {
    line.delete(enter)
    if (isIn) setTimeout(end, afterTheEndMs).unref()
  }
  if (insideNow < mostInside) enter()
  else line.add(enter)
  return { come, end, leave }
}
