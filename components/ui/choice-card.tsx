import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'
import { radioClass } from './tick.ts'

const cardClass =
  'relative flex w-full items-start gap-4 rounded-lg border p-4.5 text-start text-ink no-underline transition-[border-color,box-shadow]'
const pressClass =
  'group/choice border-rim bg-surface pe-13 shadow-card hover:border-accent hover:inset-ring hover:inset-ring-accent aria-busy:border-accent'

export type ChoiceFact = { icon: IconName; text: ReactNode }

type Words = {
  title: ReactNode
  text?: ReactNode
  /** What it costs and reaches, each with an icon. */
  facts?: readonly ChoiceFact[] | undefined
  icon?: IconName | undefined
}

function ChoiceIcon({ name, off }: { name: IconName; off?: boolean }) {
  const tone = off ? 'bg-line text-muted' : 'bg-accent-soft text-accent-ink'
  return (
    <span className={classNames('grid size-10 shrink-0 place-content-center rounded-[10px]', tone)}>
      <Icon name={name} size={20} />
    </span>
  )
}

function ChoiceWords({ title, text, facts }: Words) {
  return (
    <span className="min-w-0">
      <span className="block text-md font-bold tracking-[-0.006em]">{title}</span>
      {text && <span className="mt-0.5 block text-muted">{text}</span>}
      {facts && (
        <span className="mt-2.5 flex flex-wrap gap-x-4 gap-y-1.5 text-sm text-muted">
          {facts.map(fact => (
            <span key={fact.icon} className="inline-flex items-start gap-1.5">
              <Icon name={fact.icon} size={14} className="mt-[3px]" />
              {fact.text}
            </span>
          ))}
        </span>
      )}
    </span>
  )
}

function Onward() {
  return (
    <span className="absolute end-4.5 top-5.5 text-faint transition-[translate] group-hover/choice:translate-x-[3px] group-hover/choice:text-accent-ink group-aria-busy/choice:hidden rtl:-scale-x-100">
      <Icon name="arrow-right" />
    </span>
  )
}

/** A card that is a submit button: one press chooses and goes on. Stands inside the form that it sends. */
export function ChoiceButton({ name, value, ...words }: Words & { name: string; value: string }) {
  return (
    <button type="submit" name={name} value={value} className={classNames(cardClass, pressClass)}>
      {words.icon && <ChoiceIcon name={words.icon} />}
      <ChoiceWords {...words} />
      <Onward />
      <span className="absolute end-4.5 top-5.5 hidden group-aria-busy/choice:block">
        <Icon name="loader-circle" turning />
      </span>
    </button>
  )
}

/** The same card around a native radio; the form's own Next follows. */
export function ChoiceRadio(props: Words & { name: string; value: string; checked?: boolean | undefined }) {
  return (
    <label
      className={classNames(
        cardClass,
        'cursor-pointer border-rim bg-surface shadow-card hover:border-edge has-checked:border-accent has-checked:bg-accent-soft/45 has-checked:inset-ring has-checked:inset-ring-accent',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
      )}
    >
      <input
        type="radio"
        name={props.name}
        value={props.value}
        defaultChecked={props.checked}
        className={classNames(radioClass, 'mt-[3px] outline-none')}
      />
      <ChoiceWords {...props} />
    </label>
  )
}

/** What is not set up yet: what is missing and who can mend it, said in words, and the way there. */
export function ChoiceOff({ children, ...words }: Words & { children?: ReactNode }) {
  return (
    <div className={classNames(cardClass, 'border-dashed border-edge bg-sunken')}>
      {words.icon && <ChoiceIcon name={words.icon} off />}
      <div className="min-w-0">
        <ChoiceWords {...words} />
        {children && <div className="mt-2.5 flex flex-wrap gap-2">{children}</div>}
      </div>
    </div>
  )
}

/** A column of choice cards. */
export function Choices({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-[minmax(0,1fr)] gap-3">{children}</div>
}
