import net from 'node:net'

export type Relay = { port: number; take(): number; stop(): Promise<void> }

/**
 * A relay in front of PostgreSQL that counts what a client has executed: messages `E` (Execute) and `Q` (Query) of the frontend
 * protocol (PostgreSQL documentation, "Message Formats"). `take` gives the count since the last `take`.
 */
export async function relayTo(host: string, port: number): Promise<Relay> {
  let count = 0
  const sockets = new Set<net.Socket>()
  const server = net.createServer(client => {
    const upstream = net.connect(port, host)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      // Else what is passed on in two pieces waits 40 ms for an acknowledgement, and we measure that.
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    const frames = frameReader(type => {
      if (type === 'E' || type === 'Q') count++
    })
    client.on('data', frames)
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    take: () => {
      const taken = count
      count = 0
      return taken
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Finds the frames in a client's bytes: the first one has no type, each later one a type, a length, and that many bytes. */
function frameReader(seen: (type: string) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  let started = false
  return chunk => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const head = started ? 5 : 4
      if (rest.length < head) return
      const length = rest.readUInt32BE(started ? 1 : 0) + (started ? 1 : 0)
      if (rest.length < length) return
      if (started) seen(String.fromCharCode(rest[0] ?? 0))
      rest = rest.subarray(length)
      started = true
    }
  }
}
