import { Card } from '#components/ui/card.tsx'
import { Icon, type IconName } from '#components/ui/icon.tsx'
import { Scope } from '#components/ui/scope.tsx'
import type { ConnectorView, Say } from '#lib/views.ts'

const icons = {
  read_jobs: 'briefcase',
  read_candidates: 'arrow-down-to-line',
  write_candidates: 'arrow-up-from-line',
} as const satisfies Record<ConnectorView['scopes'][number]['capability'], IconName>

/** What a connection to an ATS makes possible, and which permission there each of it takes. */
export function Capabilities({ say, connector }: { say: Say; connector: ConnectorView }) {
  return (
    <Card id="does" title={say('connections.connector.does')} flush>
      <ul className="divide-y divide-line">
        {connector.scopes.map(scope => (
          <li key={scope.id} className="flex items-start gap-3.5 px-5 py-3.5 max-mid:flex-wrap max-mid:px-4">
            <Icon name={icons[scope.capability]} size={18} className="mt-0.5 text-muted" />
            <div className="min-w-0 flex-1 max-mid:basis-[calc(100%-40px)]">
              <p className="font-semibold">
                {say(`connections.connector.capability.${scope.capability}.title`)}
              </p>
              <p className="text-sm text-muted">
                {say(`connections.connector.capability.${scope.capability}.text`)}
              </p>
            </div>
            <span className="flex items-center gap-2.5 text-sm text-faint max-mid:ms-8">
              {say(`connections.connector.${scope.needed ? 'needed' : 'choice'}`)}
              <Scope>{scope.id}</Scope>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
