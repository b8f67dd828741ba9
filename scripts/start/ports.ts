import { createServer } from 'node:net'
import { CannotStart } from './say.ts'

/** Whether nothing listens on the port, neither where we would nor where `localhost` may lead a browser first. */
export async function isFree(port: number, host: string): Promise<boolean> {
  for (const address of new Set([host, '127.0.0.1', '::1']))
    if (!(await canListen(port, address))) return false
  return true
}

/** The wanted port, or, where moving along is allowed, the next free one of the fifty after it. */
export async function choosePort(
  wanted: number,
  { host, mayMove, variable }: { host: string; mayMove: boolean; variable: string },
): Promise<number> {
  if (await isFree(wanted, host)) return wanted
  if (!mayMove) {
    throw new CannotStart(
      `Port ${wanted} is taken by another program. End that one, or set ${variable} to a free port.`,
    )
  }
  for (let port = wanted + 1; port <= wanted + 50; port += 1) if (await isFree(port, host)) return port
  throw new CannotStart(`Ports ${wanted} to ${wanted + 50} are all taken. Set ${variable} to a free one.`)
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    // A machine without IPv6 has no ::1 to be taken.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    )
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
