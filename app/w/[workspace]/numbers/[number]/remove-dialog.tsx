import { ButtonLink } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { NumberConnection, Say } from '#lib/views.ts'

/** Asks before a number is removed, and names the connections that lose it. */
export function RemoveDialog(props: {
  say: Say
  shown: string
  connections: readonly NumberConnection[]
  home: string
}) {
  const { say, connections, home } = props
  const count = connections.length
  return (
    <Dialog
      id="remove"
      tone="bad"
      icon="trash"
      title={say('numbers.remove_title', { number: props.shown })}
      text={count === 0 ? say('numbers.remove_unused') : say('numbers.remove_used', { count })}
      close={home}
      foot={
        <>
          <ButtonLink href={home}>{say('numbers.keep')}</ButtonLink>
          <form method="post" action={`${home}/remove`}>
            <SubmitButton variant="danger" busy={say('numbers.remove_busy')}>
              {say('numbers.remove')}
            </SubmitButton>
          </form>
        </>
      }
    >
      {count > 0 && (
        <ul className="list-disc ps-5">
          {connections.map(({ id, name }) => (
            <li key={id} className="wrap-anywhere">
              {name}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
