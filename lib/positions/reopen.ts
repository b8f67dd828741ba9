import type { MemberActor } from '#lib/actors.ts'
import { setState } from './set-state.ts'

/** Opens a closed position again. Opening an open one changes nothing. */
export const reopenPosition = (actor: MemberActor, id: string): Promise<void> => setState(actor, id, 'open')
