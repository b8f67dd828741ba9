import { Bar, BrowserWindow, Frame, Picture, Pointer, Press, Sheet, Words } from './parts.tsx'

/** The dialog: a name, an expiry, the scopes ticked. */
export function GenerateApiToken({ label }: { label: string }) {
  return (
    <Picture label={label}>
      <g opacity=".55">
        <BrowserWindow />
        <Bar x={42} y={74} width={90} height={8} />
        <Bar x={42} y={96} width={140} height={6} opacity={0.6} />
        <Bar x={42} y={120} width={64} height={7} opacity={0.8} />
        <Bar x={42} y={142} width={80} height={7} opacity={0.8} />
        <Bar x={392} y={74} width={46} height={8} />
        <Bar x={400} y={104} width={38} height={7} />
        <Bar x={396} y={128} width={42} height={7} />
      </g>
      <Sheet x={92} y={14} width={296} height={244} rx={12} />
      <Words x={112} y={41} size={14.5}>
        Generate API token
      </Words>
      <path d="m363 31 9 9m0-9-9 9" stroke="var(--color-muted)" strokeWidth="1.6" strokeLinecap="round" />
      <Words x={112} y={64} size={10.5} tone="muted">
        Name
      </Words>
      <rect
        x="112.5"
        y="70.5"
        width="151"
        height="25"
        rx="6"
        fill="var(--color-surface)"
        stroke="var(--color-rim)"
      />
      <Words x={121} y={87.5} size={12} light>
        Gangway
      </Words>
      <Words x={276} y={64} size={10.5} tone="muted">
        Expires in
      </Words>
      <rect
        x="276.5"
        y="70.5"
        width="91"
        height="25"
        rx="6"
        fill="var(--color-surface)"
        stroke="var(--color-rim)"
      />
      <Words x={285} y={87.5} size={12} light>
        1 year
      </Words>
      <path
        d="m350 80.5 4 4 4-4"
        fill="none"
        stroke="var(--color-muted)"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <Press x={92} y={83} number="1" />
      <Words x={112} y={117} size={10.5} tone="muted">
        Scopes
      </Words>
      <Frame x={104} y={124} width={156} height={84} rx={9} />
      <rect x="114" y="132" width="14" height="14" rx="4" fill="var(--color-accent)" />
      <path
        d="m117.5 139.3 2.6 2.6 4.7-5.3"
        fill="none"
        stroke="var(--color-on-accent)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <Words x={137} y={143.5} size={12} mono light fit={43.2}>
        r_jobs
      </Words>
      <rect x="114" y="157" width="14" height="14" rx="4" fill="var(--color-accent)" />
      <path
        d="m117.5 164.3 2.6 2.6 4.7-5.3"
        fill="none"
        stroke="var(--color-on-accent)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <Words x={137} y={168.5} size={12} mono light fit={86.4}>
        r_candidates
      </Words>
      <rect x="114" y="182" width="14" height="14" rx="4" fill="var(--color-accent)" />
      <path
        d="m117.5 189.3 2.6 2.6 4.7-5.3"
        fill="none"
        stroke="var(--color-on-accent)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <Words x={137} y={193.5} size={12} mono light fit={86.4}>
        w_candidates
      </Words>
      <Press x={92} y={166} number="2" />
      <rect x="276.5" y="132.5" width="13" height="13" rx="3.5" fill="none" stroke="var(--color-rim)" />
      <Bar x={298} y={135.5} width={58} height={7} opacity={0.8} />
      <rect x="276.5" y="157.5" width="13" height="13" rx="3.5" fill="none" stroke="var(--color-rim)" />
      <Bar x={298} y={160.5} width={44} height={7} opacity={0.8} />
      <rect x="276.5" y="182.5" width="13" height="13" rx="3.5" fill="none" stroke="var(--color-rim)" />
      <Bar x={298} y={185.5} width={62} height={7} opacity={0.8} />
      <path d="M92.5 218.5h295" stroke="var(--color-line)" />
      <Bar x={206} y={234} width={40} height={7} opacity={0.8} />
      <rect x="262" y="226" width="108" height="24" rx="6" fill="var(--color-accent)" />
      <Words x={316} y={242} size={11.5} tone="on-accent" middle fit={84}>
        Generate token
      </Words>
      <Press x={372} y={227} number="3" />
      <Pointer x={361} y={243} />
    </Picture>
  )
}
