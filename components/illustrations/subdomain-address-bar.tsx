import { Bar, Frame, Picture, Words } from './parts.tsx'

/** The word of the address bar that is the subdomain. */
export function SubdomainAddressBar({ label }: { label: string }) {
  return (
    <Picture label={label}>
      <path
        d="M24 272V44a14 14 0 0 1 14-14h404a14 14 0 0 1 14 14v228z"
        fill="var(--color-surface)"
        stroke="var(--color-line)"
      />
      <path d="M40 66V52a8 8 0 0 1 8-8h120a8 8 0 0 1 8 8v14z" fill="var(--color-sunken)" />
      <Bar x={52} y={50} width={12} height={12} />
      <Bar x={74} y={53} width={72} height={6} />
      <rect x="24.5" y="66" width="431" height="66" fill="var(--color-sunken)" />
      <path
        d="m48 92-7 7 7 7"
        fill="none"
        stroke="var(--color-rim)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <rect
        x="64.5"
        y="78.5"
        width="375"
        height="41"
        rx="20.5"
        fill="var(--color-surface)"
        stroke="var(--color-line)"
      />
      <g fill="none" stroke="var(--color-muted)" strokeWidth="1.6">
        <rect x="80" y="97" width="12" height="9" rx="2" />
        <path d="M82.5 97v-2.5a3.5 3.5 0 0 1 7 0V97" />
      </g>
      <Words x={102} y={104} size={14} mono tone="muted" light fit={66}>
        https://
      </Words>
      <Frame x={170} y={84} width={108} height={30} rx={8} />
      <Words x={176} y={104} size={14} mono fit={96}>
        your-company
      </Words>
      <Words x={281} y={104} size={14} mono tone="muted" light fit={108}>
        .workable.com
      </Words>
      <Words x={392} y={104} size={14} mono tone="rim" light fit={40}>
        /back
      </Words>
      <path
        d="M174 122v6a5 5 0 0 0 5 5h40l5 7 5-7h40a5 5 0 0 0 5-5v-6"
        fill="none"
        stroke="var(--color-sand)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <rect x="150" y="146" width="148" height="32" rx="16" fill="var(--color-sand)" />
      <Words x={224} y={166.5} size={13} tone="dark" middle>
        your subdomain
      </Words>
      <Bar x={48} y={158} width={72} height={9} />
      <Bar x={48} y={178} width={56} height={7} opacity={0.6} />
      <Bar x={330} y={158} width={100} height={9} />
      <Bar x={330} y={178} width={74} height={7} opacity={0.6} />
      <rect x="48" y="202" width="118" height="70" rx="8" fill="var(--color-sunken)" />
      <rect x="180" y="202" width="118" height="70" rx="8" fill="var(--color-sunken)" />
      <rect x="312" y="202" width="118" height="70" rx="8" fill="var(--color-sunken)" />
    </Picture>
  )
}
