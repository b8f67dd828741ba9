import { redirect } from 'next/navigation'
import { currentStep } from '#lib/link-sessions/steps.ts'
import { currentOf } from '../step-page.tsx'

/** The address of a walk without a screen: where she stands. One that has ended says so on its first screen. */
export default async function WalkPage({ params }: { params: Promise<{ session: string }> }) {
  const { session } = await params
  const walk = await currentOf(session)
  redirect(`/link/${session}/${walk === 'ended' ? 'ats' : currentStep(walk.progress)}`)
}
