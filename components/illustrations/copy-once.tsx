import { Bar, Frame, Picture, Press, Sheet, Words } from './parts.tsx'

/** The token is shown once: copied there, pasted here. */
export function CopyOnce({ label }: { label: string }) {
  return (
    <Picture label={label}>
      <g>
        <Sheet x={44} y={18} width={392} height={128} rx={12} />
        <Words x={64} y={46} size={14}>
          Your new token
        </Words>
        <g transform="translate(344 33)">
          <path
            d="M1 8c2-4 5-6 9-6s7 2 9 6c-2 4-5 6-9 6s-7-2-9-6z"
            fill="none"
            stroke="var(--color-sand-ink)"
            strokeWidth="1.5"
          />
          <circle cx="10" cy="8" r="2.6" fill="var(--color-sand-ink)" />
        </g>
        <Words x={369} y={45.5} size={12} tone="sand-ink">
          once
        </Words>
        <rect
          x="64.5"
          y="60.5"
          width="263"
          height="35"
          rx="8"
          fill="var(--color-sunken)"
          stroke="var(--color-line)"
        />
        <Words x={78} y={82.5} size={13} mono light fit={204}>
          Jq7vN2eT-h0Xa…3kMw_c41e
        </Words>
        <Frame x={336} y={56} width={82} height={44} rx={10} />
        <rect x="341" y="61" width="72" height="34" rx="7" fill="var(--color-accent)" />
        <g fill="none" stroke="var(--color-on-accent)" strokeWidth="1.5">
          <rect x="353" y="74.5" width="8.5" height="8.5" rx="2" />
          <path d="M358.5 72v-.5a1.5 1.5 0 0 0-1.5-1.5h-5a1.5 1.5 0 0 0-1.5 1.5v5a1.5 1.5 0 0 0 1.5 1.5h.5" />
        </g>
        <Words x={369} y={82.5} size={12} tone="on-accent" fit={30}>
          Copy
        </Words>
        <Press x={418} y={57} number="1" />
        <Bar x={64} y={112} width={214} height={6} opacity={0.6} />
        <Bar x={64} y={125} width={150} height={6} opacity={0.6} />
      </g>
      <path
        d="M377 108c2 38-34 46-94 50"
        fill="none"
        stroke="var(--color-sand)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeDasharray="1 8"
      />
      <path
        d="m291 150-10 8.5 11 6.5"
        fill="none"
        stroke="var(--color-sand)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <g>
        <Sheet x={44} y={166} width={222} height={84} rx={12} />
        <Words x={64} y={192} size={12.5}>
          API key
        </Words>
        <rect
          x="64"
          y="202"
          width="182"
          height="32"
          rx="8"
          fill="var(--color-surface)"
          stroke="var(--color-accent)"
          strokeWidth="2"
        />
        <circle cx="78" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="88" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="98" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="108" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="118" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="128" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="138" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="148" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="158" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="168" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="178" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="188" cy="218" r="3" fill="var(--color-ink)" />
        <circle cx="198" cy="218" r="3" fill="var(--color-ink)" />
        <path d="M210 210v16" stroke="var(--color-accent)" strokeWidth="1.8" strokeLinecap="round" />
        <Press x={266} y={167} number="2" />
      </g>
      <g transform="translate(292 186)">
        <path
          d="M12.67 2.85A9.6 9.6 0 1 0 20.56 11.41L16.35 13.56A5.5 5.5 0 1 1 11.96 6.88z"
          fill="var(--color-ink)"
        />
        <path d="M10.9 14.37 23.3 8.05V3.68L10.9 9.99z" fill="var(--color-sand)" />
      </g>
      <Words x={324} y={203.5} size={13} tone="muted">
        back here
      </Words>
    </Picture>
  )
}
