import { Bar, BrowserWindow, Frame, Picture, Pointer, Press, Sheet, Words } from './parts.tsx'

/** The picture at the top right opens a menu, in it Settings. */
export function ProfileMenuSettings({ label }: { label: string }) {
  return (
    <Picture label={label}>
      <BrowserWindow />
      <Bar x={42} y={68} width={18} height={18} />
      <Bar x={74} y={74} width={46} height={7} />
      <Bar x={134} y={74} width={58} height={7} />
      <Bar x={206} y={74} width={40} height={7} />
      <Bar x={42} y={118} width={132} height={10} />
      <Bar x={42} y={140} width={196} height={7} opacity={0.6} />
      <Bar x={42} y={156} width={168} height={7} opacity={0.6} />
      <rect x="42" y="180" width="108" height="92" rx="8" fill="var(--color-sunken)" />
      <rect x="162" y="180" width="108" height="92" rx="8" fill="var(--color-sunken)" />
      <path d="M24.5 97.5h431" stroke="var(--color-line)" />
      <circle
        cx="424"
        cy="77"
        r="18"
        fill="var(--color-sand-soft)"
        stroke="var(--color-sand)"
        strokeWidth="2"
      />
      <circle cx="424" cy="77" r="13.5" fill="var(--color-accent-soft)" />
      <Words x={424} y={81.5} size={11} tone="accent" middle>
        MO
      </Words>
      <Press x={400} y={66} number="1" />
      <Sheet x={276} y={106} width={168} height={176} rx={10} />
      <Bar x={292} y={122} width={84} height={8} />
      <Bar x={292} y={137} width={116} height={6} opacity={0.6} />
      <path d="M276.5 154.5h167" stroke="var(--color-line)" />
      <Bar x={316} y={168} width={62} height={7} opacity={0.8} />
      <circle cx="299" cy="171.5" r="5" fill="var(--color-rim)" opacity=".8" />
      <Frame x={284} y={186} width={152} height={30} rx={8} />
      <g
        transform="translate(292 194)"
        fill="none"
        stroke="var(--color-sand-ink)"
        strokeWidth="1.5"
        strokeLinecap="round"
      >
        <circle cx="7" cy="7" r="4" />
        <circle cx="7" cy="7" r="1.5" />
        <path d="M7 1v2M7 11v2M1 7h2M11 7h2M2.8 2.8l1.4 1.4M9.8 9.8l1.4 1.4M11.2 2.8 9.8 4.2M4.2 9.8l-1.4 1.4" />
      </g>
      <Words x={316} y={205.5} size={13}>
        Settings
      </Words>
      <Press x={436} y={187} number="2" />
      <circle cx="299" cy="233" r="5" fill="var(--color-rim)" opacity=".8" />
      <Bar x={316} y={229.5} width={78} height={7} opacity={0.8} />
      <circle cx="299" cy="257" r="5" fill="var(--color-rim)" opacity=".8" />
      <Bar x={316} y={253.5} width={48} height={7} opacity={0.8} />
      <Pointer x={378} y={204} />
    </Picture>
  )
}
