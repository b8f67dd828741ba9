import type { MemberActor } from '#lib/actors.ts'
import { setState } from './set-state.ts'

/** Closes a position; its link stays. Closing a closed one changes nothing. */
export const closePosition = (actor: MemberActor, id: string): Promise<void> => setState(actor, id, 'closed')
