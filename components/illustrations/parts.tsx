import type { ReactNode } from 'react'

/** A guide picture: 480 × 270, colours and type come from the page; `label` says all of it. */
export function Picture({ label, children }: { label: string; children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 480 270"
      role="img"
      aria-label={label}
      className="h-auto w-full max-w-[520px] rounded-[10px] [direction:ltr]"
    >
      <rect width="480" height="270" rx="12" fill="var(--color-sunken)" />
      {children}
    </svg>
  )
}

type Box = { x: number; y: number; width: number; height: number }

/** Whatever does not matter: a bar in place of words or a picture. */
export function Bar({ opacity, ...box }: Box & { opacity?: number }) {
  const rx = Math.min(box.height / 2, 5)
  return <rect {...box} rx={rx} fill="var(--color-rim)" opacity={opacity} />
}

/** Where to press: framed in sand. */
export function Frame(props: Box & { rx: number }) {
  return <rect {...props} fill="var(--color-sand-soft)" stroke="var(--color-sand)" strokeWidth="2" />
}

/** In which order to press. Sand is light in both themes, so its number is dark in both. */
export function Press({ x, y, number }: { x: number; y: number; number: string }) {
  return (
    <g>
      <circle cx={x} cy={y} r="10" fill="var(--color-sand)" stroke="var(--color-surface)" strokeWidth="2" />
      <Words x={x} y={y + 4} size={11.5} tone="dark" middle>
        {number}
      </Words>
    </g>
  )
}

/** The pointer, at the last press. */
export function Pointer({ x, y }: { x: number; y: number }) {
  return (
    <path
      transform={`translate(${x} ${y})`}
      d="M0 0v17.5l4.4-3.9 2.9 6.7 3.3-1.4-2.9-6.6h5.9z"
      fill="var(--color-ink)"
      stroke="var(--color-surface)"
      strokeWidth="1.6"
      strokeLinejoin="round"
    />
  )
}

const tones = {
  ink: 'fill-ink',
  muted: 'fill-muted',
  rim: 'fill-rim',
  accent: 'fill-accent',
  'on-accent': 'fill-on-accent',
  'sand-ink': 'fill-sand-ink',
  dark: 'scheme-light fill-ink',
} as const

/** The ATS's real words, in real type; `fit` holds their width where another font steps in. */
export function Words(props: {
  x: number
  y: number
  size: number
  mono?: boolean
  light?: boolean
  middle?: boolean
  tone?: keyof typeof tones
  fit?: number
  children: string
}) {
  return (
    <text
      x={props.x}
      y={props.y}
      fontSize={props.size}
      fontFamily={props.mono ? 'var(--font-mono)' : 'var(--font-sans)'}
      fontWeight={props.light ? 500 : 620}
      textAnchor={props.middle ? 'middle' : undefined}
      textLength={props.fit}
      lengthAdjust={props.fit ? 'spacingAndGlyphs' : undefined}
      className={tones[props.tone ?? 'ink']}
    >
      {props.children}
    </text>
  )
}

/** What lies over the window: a menu, a dialog. Three soft edges stand for its shadow. */
export function Sheet({ x, y, width, height, rx }: Box & { rx: number }) {
  const edges = [
    { by: 7, opacity: 0.03 },
    { by: 4.5, opacity: 0.04 },
    { by: 2.5, opacity: 0.05 },
  ]
  return (
    <>
      {edges.map(({ by, opacity }) => (
        <rect
          key={by}
          x={x - by}
          y={y + 5 - by}
          width={width + 2 * by}
          height={height + 2 * by}
          rx={rx + by}
          opacity={opacity}
          className="scheme-light fill-ink"
        />
      ))}
      <rect {...{ x, y, width, height, rx }} fill="var(--color-raised)" stroke="var(--color-line)" />
    </>
  )
}

/** A browser at the ATS's address. */
export function BrowserWindow() {
  return (
    <>
      <path
        d="M24 272V34a12 12 0 0 1 12-12h408a12 12 0 0 1 12 12v238z"
        fill="var(--color-surface)"
        stroke="var(--color-line)"
      />
      {[42, 54, 66].map(x => (
        <circle key={x} cx={x} cy="39" r="3.6" fill="var(--color-rim)" />
      ))}
      <rect x="86" y="29.5" width="308" height="19" rx="9.5" fill="var(--color-sunken)" />
      <Words x={98} y={43} size={10.5} mono light tone="muted" fit={158}>
        your-company.workable.com
      </Words>
      <path d="M24.5 56.5h431" stroke="var(--color-line)" />
    </>
  )
}
