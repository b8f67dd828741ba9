import { notFound } from 'next/navigation'
import { GangwayError } from '#lib/errors.ts'

/** For a page: what a verb reads, or the 404 where it is not there, or not for this person. */
export async function orNotFound<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof GangwayError && error.code === 'not_found') notFound()
    throw error
  }
}
