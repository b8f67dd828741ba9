/** The terminal of `npm start`: one line a step, with the time it took. */
const out = (line: string) => process.stdout.write(`${line}\n`)

export const say = out

/** Does a step and prints it when it is done; `done` may say more than the name. */
export async function step<T>(
  name: string,
  work: () => Promise<T>,
  done?: (result: T) => string,
): Promise<T> {
  const started = performance.now()
  const result = await work()
  const took = ((performance.now() - started) / 1000).toFixed(1)
  out(`  ✓ ${(done?.(result) ?? name).padEnd(58)} ${took.padStart(5)} s`)
  return result
}

/** Says why it cannot go on, and ends. */
export class CannotStart extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
