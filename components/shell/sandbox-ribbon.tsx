import type { ReactNode } from 'react'

/** Over everything on a page about a sandbox connection; dark in both themes; it cannot be closed. */
export function SandboxRibbon({ title, text }: { title: string; text: ReactNode }) {
  return (
    <aside
      aria-label={title}
      className="relative scheme-dark flex min-h-8.5 items-center gap-3 overflow-hidden border-b border-line bg-canvas pe-5 text-sm text-ink"
    >
      <span
        aria-hidden="true"
        className="w-14 shrink-0 self-stretch bg-[repeating-linear-gradient(-58deg,var(--color-sand)_0_7px,transparent_7px_14px)]"
      />
      <p className="py-[5px]">
        <b className="text-sand-ink">{title}</b> <span className="text-muted">{text}</span>
      </p>
    </aside>
  )
}
