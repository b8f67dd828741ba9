import { Button, ButtonLink } from './button.tsx'

type Way = { label: string; href?: string | undefined }

function PagerButton({ label, href }: Way) {
  if (!href)
    return (
      <Button size="sm" disabled>
        {label}
      </Button>
    )
  return (
    <ButtonLink size="sm" href={href}>
      {label}
    </ButtonLink>
  )
}

/** "1 to 50 of 10,418", and the ways before and after; a way without an address is at its end. */
export function Pager(props: { label: string; shown: string; earlier: Way; next: Way }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 py-3 text-sm text-muted">
      <span>{props.shown}</span>
      <nav aria-label={props.label} className="flex items-center gap-2">
        <PagerButton {...props.earlier} />
        <PagerButton {...props.next} />
      </nav>
    </div>
  )
}
