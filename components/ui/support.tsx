export type SupportContact = { label: string; href?: string | undefined }

/** How to reach a person: chat or portal, mail, phone, hours. Stands bottom right of every screen. */
export function Support({ title, contacts }: { title: string; contacts: readonly SupportContact[] }) {
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-faint max-mid:gap-y-1">
      <b className="font-semibold text-ink">{title}</b>
      {contacts.map(({ label, href }) =>
        href ? (
          <a key={label} href={href} className="max-mid:py-2.5 max-mid:-my-2.5">
            {label}
          </a>
        ) : (
          <span key={label}>{label}</span>
        ),
      )}
    </p>
  )
}
