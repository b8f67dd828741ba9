import { afterEach, expect, test, vi } from 'vitest'
import { type Turn, takeTurn } from './turns-inside.ts'

const taken: Turn[] = []
afterEach(() => {
  for (const { end, leave } of taken.splice(0)) {
    leave()
    end()
  }
  vi.useRealTimers()
})
const take = (count: number) =>
  Array.from({ length: count }, () => takeTurn()).map(turn => taken[taken.push(turn) - 1] ?? turn)
const isIn = async ({ come }: Turn) =>
  Promise.race([come.then(() => true), Promise.resolve().then(() => false)])

test('sixty-four are inside at once, and who stands in line comes in in turn', async () => {
  const [first, ...others] = take(66)
  expect(await Promise.all(others.map(isIn))).toEqual([...Array(63).fill(true), false, false])
  first?.end()
  first?.end()
  expect(await Promise.all(others.slice(63).map(isIn))).toEqual([true, false])
})

test('who leaves the line costs nothing, and who leaves inside keeps the place until the work is surely over', async () => {
  vi.useFakeTimers()
  const [inside, ...others] = take(66)
  const [left, last] = others.slice(63)
  left?.leave()
  inside?.leave()
  expect(last && (await isIn(last))).toBe(false)
  vi.advanceTimersByTime(15_000)
  expect(last && (await isIn(last))).toBe(true)
  expect(left && (await isIn(left))).toBe(false)
})
