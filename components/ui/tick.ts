const base =
  'size-4.5 shrink-0 appearance-none border-[1.5px] border-edge bg-surface forced-colors:appearance-auto'

/** A native radio, drawn: a thick ring when chosen. Where the system has its own colours, its own drawing too. */
export const radioClass = `${base} rounded-full checked:border-[5.5px] checked:border-accent`

/** A native checkbox, drawn: filled, with a tick, when chosen. */
export const boxClass = `${base} grid place-content-center rounded-sm after:h-[5px] after:w-[9px] after:-translate-y-px after:-rotate-45 after:border-b-2 after:border-s-2 after:border-on-accent after:opacity-0 checked:border-accent checked:bg-accent checked:after:opacity-100`
