/** A request to the control API: its path below `/_control`, and what it takes. Throws when it is refused. */
export type Control = (path: string, method?: string, body?: unknown) => Promise<unknown>

/** The control API (`lib/sandbox/README.md`) of the sandbox that listens on this port of the loopback address. */
export const controlAt =
  (port: number | string): Control =>
  async (path, method = 'GET', body) => {
    const response = await fetch(`http://127.0.0.1:${port}/_control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }
