import type { NumberChoice, NumberChoices, Say } from '#lib/views.ts'
import { Callout } from '../ui/callout.tsx'
import { CheckField } from '../ui/check-field.tsx'
import { classNames } from '../ui/class-names.ts'
import { inputClass } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { Phone } from './phone.tsx'

type Use = 'calls' | 'messages'

type Props = {
  say: Say
  choices: NumberChoices
  /** How many without a tick are shown at most. */
  most: number
  /** The name of a box in the form. */
  boxName: (use: Use, index: number) => string
  /** What was searched for. */
  q: string
  known: string
  /** She may look only. */
  disabled?: boolean | undefined
}

/** From so many on, a list is searched. */
const few = 12

/** Which numbers for **Calls**, which for **Messages**: the fields of a form, to be put into one. */
export function NumberGroups(props: Props) {
  const { say, choices, q, disabled } = props
  const searched = !disabled && (q !== '' || choices.cut || choices.items.length > few)
  return (
    <>
      {searched && <Search {...props} />}
      <div className="grid grid-cols-2 items-start gap-4 max-mid:grid-cols-[minmax(0,1fr)]">
        <Group {...props} use="calls" />
        <Group {...props} use="messages" />
      </div>
      {choices.cut && <p className="text-sm text-muted">{say('numbers.choose.cut', { most: props.most })}</p>}
      <input type="hidden" name="known" value={props.known} />
      <input type="hidden" name="whole" value="yes" />
    </>
  )
}

/** First in its form, so that Enter looks for numbers. */
function Search({ say, q, choices }: Props) {
  const others = choices.items.some(({ ticked }) => !ticked.calls && !ticked.messages)
  return (
    <div className="grid gap-1.5">
      <label htmlFor="number-search" className="text-base/5 font-semibold">
        {say('numbers.choose.search')}
      </label>
      <div className="flex max-w-[480px] gap-2">
        <input
          id="number-search"
          type="search"
          name="q"
          defaultValue={q}
          maxLength={80}
          placeholder={say('numbers.placeholder')}
          className={classNames(inputClass, 'min-h-9 px-[11px]')}
        />
        <SubmitButton variant="plain" icon="search" name="act" value="find" busy={say('numbers.find')}>
          {say('numbers.find')}
        </SubmitButton>
      </div>
      {q !== '' && !others && (
        <p role="status" className="text-sm text-muted">
          {say('numbers.choose.nothing')}
        </p>
      )}
    </div>
  )
}

function Group(props: Props & { use: Use }) {
  const { say, choices, use, boxName } = props
  const able = choices.items.filter(item => item.can[use])
  return (
    <fieldset disabled={props.disabled} className="min-w-0 rounded-lg border border-line bg-surface">
      <legend className="sr-only">{say(`numbers.${use}`)}</legend>
      <div
        aria-hidden="true"
        className="flex items-center gap-2 border-b border-line px-4 py-3 font-semibold"
      >
        <Icon name={use === 'calls' ? 'phone' : 'message-square'} />
        {say(`numbers.${use}`)}
      </div>
      {able.length === 0 && <p className="px-4 py-3.5 text-muted">{say(`numbers.choose.none_${use}`)}</p>}
      <ul className="divide-y divide-line">
        {able.map((item, index) => (
          <li key={item.id} className="px-4 py-2.5 max-mid:py-0.5">
            <CheckField
              name={boxName(use, index)}
              value={item.id}
              defaultChecked={item.ticked[use]}
              label={<NumberWords item={item} />}
              hint={<Hint say={say} item={item} />}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function NumberWords({ item }: { item: NumberChoice }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <Phone>{item.shown}</Phone> <bdi className="wrap-anywhere">{item.label}</bdi>
    </span>
  )
}

function Hint({ say, item }: { say: Say; item: NumberChoice }) {
  const names = item.others.map(name => `“${name}”`).join(', ')
  return (
    <span className="wrap-anywhere">
      <bdi>{item.owner}</bdi>
      {names && <span className="block text-faint">{say('numbers.choose.also', { names })}</span>}
    </span>
  )
}

/** In whose name the notes stand, in the ATS's own words. */
export function WhoseName({ say, connector }: { say: Say; connector: string }) {
  return (
    <Callout icon="user" title={say(`${connector}.numbers.name_title`)}>
      <p>{say(`${connector}.numbers.name_text`)}</p>
    </Callout>
  )
}
