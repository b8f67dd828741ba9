import { type IncomingHttpHeaders, request } from 'node:http'

/** An answer of the sandbox, as it came. */
export type Answer = { status: number; headers: IncomingHttpHeaders; text: string }

/**
 * Sends one request to 127.0.0.1 under a host of the sandbox (`fetch` would write its own Host header).
 * @param host `acme` for an account, `www`, or nothing for the base host
 * @throws where the connection breaks
 */
export function ask(
  port: number,
  path: string,
  options: {
    host?: string
    method?: string
    headers?: Record<string, string>
    body?: string
    name?: string
  } = {},
): Promise<Answer> {
  const label = options.host === undefined ? '' : `${options.host}.`
  const headers = { Host: options.name ?? `${label}workable.localhost:${port}`, ...options.headers }
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers, agent: false },
      response => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(pieces).toString('utf8')
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        })
      },
    )
    asked.on('error', reject)
    asked.end(options.body)
  })
}
