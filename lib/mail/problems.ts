/** Why a mail is not sent: our words for it, since what a server says may name anybody. Sentences below `mails.problems`. */
export const mailProblems = [
  'address_refused',
  'message_refused',
  'address_odd',
  'link_ended',
  'link_unreadable',
  'sender_refused',
  'sign_in_refused',
  'not_encrypted',
  'unreachable',
  'silent',
  'busy',
  'odd',
] as const
export type MailProblem = (typeof mailProblems)[number]

const lasting: readonly MailProblem[] = [
  'address_refused',
  'message_refused',
  'address_odd',
  'link_ended',
  'link_unreadable',
]

/** Whether trying again cannot help: it is about this mail. The others are about the server, which somebody may mend. */
export const isLasting = (problem: MailProblem): boolean => lasting.includes(problem)

/** A mail that was not taken. The server's own words are not kept: no cause, no response. */
export class MailError extends Error {
  readonly problem: MailProblem

  constructor(problem: MailProblem) {
    super(`mail not taken: ${problem}`)
    this.name = 'MailError'
    this.problem = problem
  }
}
