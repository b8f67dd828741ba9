import { buttonClass } from './button-class.ts'
import { classNames } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'
import { Icon } from './icon.tsx'

/** In characters: a name stays on one line, an address that somebody pasted has to break on a phone. */
const longestWhole = 24

/** What something is called at the ATS, such as a permission, to be read only. */
export function Scope({ children }: { children: string }) {
  return (
    <span
      className={classNames(
        'rounded-[4px] bg-sunken box-decoration-clone px-1.5 py-0.5 font-mono text-xs tracking-[-0.01em] text-muted',
        children.length > longestWhole ? 'wrap-anywhere' : 'whitespace-nowrap',
      )}
    >
      {children}
    </span>
  )
}

/** Words of a copy button: what it does, for those who listen, and what is said once it is done. */
export type CopyWords = { label: string; copied: string }

const chipClass =
  'inline-flex min-h-6.5 items-center gap-1.5 rounded-sm border px-2.5 font-mono text-sm tracking-[-0.01em]'
const looks = {
  plain: 'border-rim bg-surface text-ink',
  tick: 'border-sand bg-sand-soft text-sand-ink',
} as const

/** A scope that copies itself on press; `tick` marks, in sand, the one that is missing. Without JavaScript a plain chip. */
export function CopyChip(props: { text: string; copy: CopyWords; tick?: boolean | undefined }) {
  const look = looks[props.tick ? 'tick' : 'plain']
  const words = (
    <>
      {props.tick && <Icon name="check" size={14} />}
      {props.text}
    </>
  )
  return (
    <span className="inline-flex">
      <CopyButton
        text={props.text}
        {...props.copy}
        className={classNames(chipClass, look, 'hover:border-edge max-mid:min-h-11 noscript:hidden')}
        done={
          <>
            {words}
            <Icon name="check" size={14} className="text-ok-ink" />
          </>
        }
      >
        {words}
        <Icon name="copy" size={14} />
      </CopyButton>
      <span className={classNames(chipClass, look, 'hidden! noscript:inline-flex!')}>{words}</span>
    </span>
  )
}

/** A button with a word that copies `text`, which has to stand beside it. */
export function CopyWord(props: { text: string; word: string; done: string; copy: CopyWords }) {
  return (
    <CopyButton
      text={props.text}
      {...props.copy}
      className={buttonClass({ size: 'sm', className: 'noscript:hidden' })}
      done={
        <>
          <Icon name="check" size={14} />
          {props.done}
        </>
      }
    >
      <Icon name="copy" size={14} />
      {props.word}
    </CopyButton>
  )
}
