import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js'
import { dial, tlsOptions } from './dial.ts'
import type { MailServer } from './mail-server.ts'
import { MailError, type MailProblem } from './problems.ts'

/** Milliseconds: for each silence of the server, and for all of it together. */
const patience = { silence: 10_000, whole: 40_000 }

type Envelope = { from: string; to: string }
type Patience = typeof patience

/**
 * Hands one message over by SMTP, and returns when the server has taken it. The connection is closed either way, within 40
 * seconds. Throws `MailError`.
 */
export async function deliver(
  server: MailServer,
  envelope: Envelope,
  message: Buffer,
  waits: Patience = patience,
): Promise<void> {
  const began = performance.now()
  const socket = await dial(server, waits.silence)
  const options = {
    connection: socket,
    host: server.host,
    secure: server.secure,
    secured: server.secure,
    requireTLS: server.mustUpgrade,
    tls: tlsOptions(server),
    name: envelope.from.split('@')[1] ?? 'localhost',
    logger: false,
    greetingTimeout: waits.silence,
    socketTimeout: waits.silence,
  }
  const connection = new SMTPConnection(options)
  let timer: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new MailError('silent')), began + waits.whole - performance.now())
      // A connection says some failures to its listeners alone, and may say more than one.
      connection.on('error', reject)
      connection.on('end', () => reject(new MailError('unreachable')))
      talk(connection, server, envelope, message).then(resolve, reject)
    })
    connection.quit()
  } catch (error) {
    throw error instanceof MailError ? error : new MailError(problemOf(error))
  } finally {
    clearTimeout(timer)
    connection.close()
    socket.destroySoon()
  }
}

type Connection = InstanceType<typeof SMTPConnection>

async function talk(connection: Connection, { user }: MailServer, envelope: Envelope, message: Buffer) {
  await step(done => connection.connect(done))
  if (user) {
    const credentials = { user: user.name, pass: user.password }
    await step(done => connection.login({ credentials }, done))
  }
  await step(done => connection.send({ ...envelope, to: [envelope.to] }, message, done))
}

const step = (take: (done: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => take(error => (error ? reject(error) : resolve())))

/** What nodemailer's error means: its own code, at which command, and the server's three digits (RFC 5321, 4.2.1). */
function problemOf(error: unknown): MailProblem {
  if (!(error instanceof Error)) return 'odd'
  const { code, command, responseCode } = error as Error & Partial<Record<string, unknown>>
  const refused = typeof responseCode === 'number' && responseCode >= 500
  if (code === 'ETIMEDOUT') return 'silent'
  if (code === 'EAUTH') return 'sign_in_refused'
  // What fails while it goes over to TLS is called a failure of the socket; only its words tell.
  if (code === 'ETLS' || (code === 'ESOCKET' && /certificate|altname|\b(SSL|TLS)\b/i.test(error.message)))
    return 'not_encrypted'
  if (typeof responseCode === 'number' && !refused) return 'busy'
  if (command === 'RCPT TO') return refused ? 'address_refused' : 'address_odd'
  if (command === 'MAIL FROM') return 'sender_refused'
  if (command === 'DATA' && refused) return 'message_refused'
  return code === 'ECONNECTION' || code === 'ESOCKET' || code === 'EDNS' ? 'unreachable' : 'odd'
}
