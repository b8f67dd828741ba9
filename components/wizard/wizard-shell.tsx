import type { ReactNode } from 'react'
import { ButtonLink } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { PageManners } from '../ui/page-manners.tsx'
import { SkipLink } from '../ui/skip-link.tsx'
import { Tile } from '../ui/tile.tsx'

export type WizardFrame = {
  /** "Skip to the content" */
  skip: string
  partner: { name: string; monogram: string }
  /** "Connect position to ATS" */
  title: string
  /** "Your answers are kept", where there is room for it. */
  kept: string
  leave: { href: string; label: string }
  /** `Deck` */
  deck: ReactNode
  /** `SandboxRibbon` */
  ribbon?: ReactNode
  /** A way to start over, in the foot. */
  again?: ReactNode
  /** Who keeps it, in the foot beside our mark. */
  keeper: ReactNode
  /** `Support` */
  support: ReactNode
  children: ReactNode
}

function Bar({ frame }: { frame: WizardFrame }) {
  return (
    <div className="flex min-h-14 items-center gap-3 px-7 py-2.5 max-mid:px-4 max-mid:py-2">
      <Tile size="sm" look="ink" monogram={frame.partner.monogram} />
      <p className="flex min-w-0 items-center gap-2.5 max-mid:grid max-mid:gap-0 max-mid:leading-4.5">
        <b>{frame.partner.name}</b>
        <span className="border-s border-rim ps-2.5 leading-4.5 text-muted max-mid:border-0 max-mid:ps-0 max-mid:text-xs">
          {frame.title}
        </span>
      </p>
      <span className="ms-auto text-sm text-faint max-mid:hidden">{frame.kept}</span>
      <ButtonLink
        href={frame.leave.href}
        variant="quiet"
        size="sm"
        className="-me-2.5 max-mid:ms-auto max-mid:whitespace-normal max-mid:text-end"
      >
        {frame.leave.label}
      </ButtonLink>
    </div>
  )
}

/** The wizard: bar, deck, one question, foot. No side, nothing else to press. */
export function WizardShell(frame: WizardFrame) {
  return (
    <>
      <SkipLink>{frame.skip}</SkipLink>
      <PageManners />
      {frame.ribbon}
      <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr_auto] bg-surface">
        <header className="border-b border-line bg-canvas">
          <Bar frame={frame} />
          <div className="mx-auto max-w-[1120px] px-7 pt-3.5 pb-4 max-mid:px-4 max-mid:pt-3 max-mid:pb-3">
            {frame.deck}
          </div>
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-[1120px] min-w-0 px-7 pt-11 pb-10 max-mid:px-4 max-mid:pt-6.5 max-mid:pb-7"
        >
          {frame.children}
        </main>
        <footer className="flex flex-wrap items-start justify-between gap-x-5 gap-y-1 border-t border-line px-7 py-4 text-sm text-faint max-mid:px-4 max-mid:py-3.5">
          <p className="flex items-center gap-1.5">
            <Mark size="xs" />
            {frame.keeper}
          </p>
          {frame.again && <div className="-mt-1.5">{frame.again}</div>}
          {frame.support}
        </footer>
      </div>
    </>
  )
}
