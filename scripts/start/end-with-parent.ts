// Preloaded into each process of `npm start`: when the starter is gone, even by kill -9, its channel closes and they end too.
if (process.connected) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
}
