import { Bar, BrowserWindow, Frame, Picture, Pointer, Press, Words } from './parts.tsx'

/** Settings: Integrations, tab Apps, under API Access Tokens the button. */
export function IntegrationsApps({ label }: { label: string }) {
  return (
    <Picture label={label}>
      <BrowserWindow />
      <Words x={42} y={84} size={13}>
        Settings
      </Words>
      <Bar x={42} y={104} width={74} height={7} opacity={0.8} />
      <Bar x={42} y={126} width={92} height={7} opacity={0.8} />
      <Bar x={42} y={148} width={60} height={7} opacity={0.8} />
      <Frame x={32} y={164} width={122} height={28} rx={8} />
      <Words x={42} y={182.5} size={12.5}>
        Integrations
      </Words>
      <Press x={154} y={165} number="1" />
      <Bar x={42} y={208} width={82} height={7} opacity={0.8} />
      <Bar x={42} y={230} width={66} height={7} opacity={0.8} />
      <Bar x={42} y={252} width={88} height={7} opacity={0.8} />
      <path d="M166.5 57v213" stroke="var(--color-line)" />
      <Words x={188} y={85} size={12.5}>
        Apps
      </Words>
      <path d="M186 97.5h34" stroke="var(--color-sand)" strokeWidth="3" strokeLinecap="round" />
      <Press x={234} y={81} number="2" />
      <Bar x={262} y={78} width={64} height={7} opacity={0.8} />
      <Bar x={346} y={78} width={48} height={7} opacity={0.8} />
      <path d="M166.5 98.5h289" stroke="var(--color-line)" />
      <rect x="188" y="114" width="54" height="40" rx="8" fill="var(--color-sunken)" />
      <Bar x={207} y={122} width={16} height={16} />
      <Bar x={202} y={143} width={26} height={4} opacity={0.8} />
      <rect x="254" y="114" width="54" height="40" rx="8" fill="var(--color-sunken)" />
      <Bar x={273} y={122} width={16} height={16} />
      <Bar x={268} y={143} width={26} height={4} opacity={0.8} />
      <rect x="320" y="114" width="54" height="40" rx="8" fill="var(--color-sunken)" />
      <Bar x={339} y={122} width={16} height={16} />
      <Bar x={334} y={143} width={26} height={4} opacity={0.8} />
      <rect x="386" y="114" width="54" height="40" rx="8" fill="var(--color-sunken)" />
      <Bar x={405} y={122} width={16} height={16} />
      <Bar x={400} y={143} width={26} height={4} opacity={0.8} />
      <Words x={188} y={188} size={14}>
        API Access Tokens
      </Words>
      <Bar x={188} y={200} width={226} height={6} opacity={0.6} />
      <Bar x={188} y={212} width={160} height={6} opacity={0.6} />
      <Frame x={184} y={226} width={172} height={36} rx={9} />
      <rect x="189" y="231" width="162" height="26" rx="6" fill="var(--color-accent)" />
      <Words x={270} y={248.5} size={12} tone="on-accent" middle fit={128}>
        + Generate API token
      </Words>
      <Press x={356} y={227} number="3" />
      <Pointer x={343} y={248} />
    </Picture>
  )
}
