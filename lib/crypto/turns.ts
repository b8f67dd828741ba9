/** Runs asynchronous work with at most `atOnce` at a time, in the order asked; undefined when `mostWaiting` wait already. */
export function turns(
  atOnce: number,
  mostWaiting: number,
): <T>(work: () => Promise<T>) => Promise<T> | undefined {
  const waiting: (() => void)[] = []
  let running = 0
  const start = () => {
    running++
    waiting.shift()?.()
  }
  const end = () => {
    running--
    if (waiting.length > 0) start()
  }
  return work => {
    if (running >= atOnce && waiting.length >= mostWaiting) return undefined
    const turn = new Promise<void>(resolve => waiting.push(resolve))
    if (running < atOnce) start()
    return turn.then(work).finally(end)
  }
}
