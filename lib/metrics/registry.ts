import { Counter, Gauge, Histogram, Registry } from 'prom-client'

// From a request that reads one row to a task that reads thousands of jobs.
const seconds = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 300]

/** How a run of the key doctor ended, or that it waits for the ATS. */
export type DoctorEnding = 'passed' | 'problem' | 'no_answer' | 'waits' | 'unreadable' | 'cancelled'

function make() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'gangway_http_request_seconds',
      help: 'Requests answered by this process, by kind and status, from the first byte to the last.',
      labelNames: ['kind', 'status'],
      buckets: seconds,
      registers,
    }),
    doctor: new Counter({
      name: 'gangway_doctor_endings_total',
      help: 'How runs of the key doctor ended in this process.',
      labelNames: ['ending'],
      registers,
    }),
    tasks: new Histogram({
      name: 'gangway_task_seconds',
      help: 'Tasks that this process worked on, by name and by whether they were done or failed.',
      labelNames: ['task', 'outcome'],
      buckets: seconds,
      registers,
    }),
    secrets: new Counter({
      name: 'gangway_secrets_total',
      help: 'Secrets sealed and opened by this process, and whether that failed.',
      labelNames: ['act', 'outcome'],
      registers,
    }),
    refreshes: new Counter({
      name: 'gangway_refreshes_total',
      help: 'Refreshes of tokens by OAuth that this process tried, by how they went.',
      labelNames: ['outcome'],
      registers,
    }),
    refusals: new Counter({
      name: 'gangway_rate_limit_refusals_total',
      help: 'Acts refused by this process because a limit was reached, by limit.',
      labelNames: ['limit'],
      registers,
    }),
    oldestTask: new Gauge({
      name: 'gangway_oldest_waiting_task_seconds',
      help: 'How long the oldest task has been due without being worked on. Asked of the database; all processes together.',
      registers,
    }),
    oldestCheck: new Gauge({
      name: 'gangway_oldest_due_check_seconds',
      help: 'How long the oldest check of a connection has been due. Asked of the database; all processes together.',
      registers,
    }),
    refreshesDue: new Gauge({
      name: 'gangway_refreshes_due',
      help: 'Connections whose tokens are due for a refresh. Asked of the database; all processes together.',
      registers,
    }),
    oldestRefresh: new Gauge({
      name: 'gangway_oldest_due_refresh_seconds',
      help: 'How long the oldest refresh has been due. Asked of the database; all processes together.',
      registers,
    }),
    unserved: new Gauge({
      name: 'gangway_refreshes_overdue',
      help: 'Connections whose access token ended before it was refreshed. Asked of the database; all processes together.',
      registers,
    }),
    stoppedApps: new Gauge({
      name: 'gangway_oauth_apps_stopped',
      help: 'OAuth apps that their authorization server refuses or does not answer. Asked of the database; all processes together.',
      registers,
    }),
    oldestRevocation: new Gauge({
      name: 'gangway_oldest_unproven_revocation_seconds',
      help: 'How long the oldest revocation has been tried without proof. Asked of the database; all processes together.',
      registers,
    }),
    database: new Gauge({
      name: 'gangway_database_up',
      help: 'Whether the database answered when this was asked. While it does not, what is asked of it is absent.',
      registers,
    }),
  }
}

// Next bundles this file more than once a process: all copies count in the same place.
const kept = globalThis as typeof globalThis & { gangwayMetrics?: ReturnType<typeof make> }

/** Everything that this process counts. Labels are closed lists: no ids, no names, no addresses. */
export function metrics() {
  kept.gangwayMetrics ??= make()
  return kept.gangwayMetrics
}
