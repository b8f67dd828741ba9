'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/** Makes a dialog that the page came with modal: focus stays inside, Escape leads to `close`. */
export function DialogModal(props: {
  close: string
  titleId: string
  textId?: string | undefined
  className: string
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.close()
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      open
      aria-labelledby={props.titleId}
      aria-describedby={props.textId}
      onCancel={event => {
        event.preventDefault()
        location.assign(props.close)
      }}
      className={props.className}
    >
      {props.children}
    </dialog>
  )
}
