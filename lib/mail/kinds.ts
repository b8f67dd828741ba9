/** Every mail there is. Its words stand in `messages/en/mail.json`, below its kind. */
export const mailKinds = [
  'invitation',
  'password_reset',
  'password_changed',
  'key_expires',
  'needs_reauth',
] as const
export type MailKind = (typeof mailKinds)[number]
