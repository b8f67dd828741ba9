import { env, isLoopback } from '#lib/env.ts'

/** Where mails are handed over, and who sends them. `ca` is a certificate to trust as well; for tests. */
export type MailServer = {
  host: string
  port: number
  /** TLS from the first byte (`smtps:`). */
  secure: boolean
  /** Without STARTTLS nothing is said; only a server on this machine may do without. */
  mustUpgrade: boolean
  user: { name: string; password: string } | undefined
  from: { name: string; address: string }
  ca?: string
}

/** The server of `SMTP_URL`, or nothing: then mails are kept. Nothing in the address can switch TLS or its check off. */
export function mailServer(): MailServer | undefined {
  const { SMTP_URL, MAIL_FROM } = env()
  return SMTP_URL && MAIL_FROM ? serverAt(SMTP_URL, MAIL_FROM) : undefined
}

/** Reads `smtp(s)://user:password@host:port`; ports are those of RFC 8314 and RFC 6409 unless said. */
export function serverAt(address: string, from: MailServer['from']): MailServer {
  const url = new URL(address)
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    mustUpgrade: !secure && !isLoopback(host),
    user: url.username
      ? { name: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
      : undefined,
    from,
  }
}
