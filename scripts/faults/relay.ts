import net from 'node:net'

/** A relay in front of a server, which can be cut: what is open breaks off, what comes is refused. */
export async function relayTo(host: string, port: number) {
  let cut = false
  const sockets = new Set<net.Socket>()
  const server = net.createServer(client => {
    if (cut) return client.destroy()
    const upstream = net.connect(port, host)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const breakOff = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut: () => {
      cut = true
      breakOff()
    },
    mend: () => {
      cut = false
    },
    stop: async () => {
      breakOff()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
