import { checkReadiness } from '#lib/health/readiness.ts'

/** Everything that a person needs answers; else 503, with what does not and since when. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness()
  return Response.json(readiness, { status: readiness.ready ? 200 : 503 })
}

export const dynamic = 'force-dynamic'
