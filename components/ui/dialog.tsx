import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { DialogModal } from './dialog-modal.tsx'
import { Icon, type IconName } from './icon.tsx'

const seals = {
  bad: 'bg-bad-soft text-bad-ink',
  info: 'bg-accent-soft text-accent-ink',
} as const

type Question = {
  title: ReactNode
  text?: ReactNode
  icon: IconName
  tone?: keyof typeof seals | undefined
}

function DialogHead(props: Question & { titleId: string; textId: string }) {
  const seal = seals[props.tone ?? 'info']
  return (
    <div className="flex items-start gap-3 px-5.5 pt-5">
      <span className={classNames('grid size-10 shrink-0 place-content-center rounded-full', seal)}>
        <Icon name={props.icon} size={20} />
      </span>
      <div className="min-w-0 flex-1">
        <h2 id={props.titleId} className="text-lg/6">
          {props.title}
        </h2>
        {props.text && (
          <p id={props.textId} className="text-muted">
            {props.text}
          </p>
        )}
      </div>
    </div>
  )
}

/**
 * A question over a page, with an address of its own: the page renders it when its address says so, and
 * `close` is the address without it. So it opens and closes without JavaScript; with it, it is modal.
 * Put it inside the form that it asks for, or forms inside it; `foot` has "Keep it" left and the act right.
 */
export function Dialog(
  props: Question & { id: string; close: string; foot: ReactNode; children?: ReactNode },
) {
  const titleId = `${props.id}-title`
  const textId = `${props.id}-text`
  return (
    <>
      <div aria-hidden="true" className="fixed inset-0 z-30 scheme-dark bg-sunken/60" />
      <DialogModal
        close={props.close}
        titleId={titleId}
        textId={props.text ? textId : undefined}
        className={classNames(
          'fixed inset-0 z-40 m-auto h-fit max-h-[min(90dvh,860px)] w-[min(560px,calc(100vw-32px))] overflow-auto',
          'rounded-xl border border-line bg-raised text-ink shadow-dialog backdrop:bg-transparent',
          'max-mid:mb-2 max-mid:w-[calc(100vw-16px)]',
        )}
      >
        <DialogHead {...props} titleId={titleId} textId={textId} />
        <div className="grid gap-4 px-5.5 pt-3.5 pb-5">{props.children}</div>
        <div className="sticky bottom-0 flex flex-wrap justify-end gap-2 border-t border-line bg-raised px-5.5 py-3.5 max-mid:*:flex-1">
          {props.foot}
        </div>
      </DialogModal>
    </>
  )
}
