/** Calls `end` once when the terminal, its user, or whoever started us wants an end, or is gone. */
export function endWithTerminal(end: () => void): void {
  let asked = false
  const ask = () => {
    if (!asked) end()
    asked = true
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  // Started by an older Node: its end closes the channel.
  process.on('disconnect', ask)
  process.channel?.unref()
  // Started by npm: killed, it leaves us to another parent.
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event || process.connected) return
  setInterval(() => {
    if (process.ppid !== parent && !asked) ask()
  }, 500).unref()
}
