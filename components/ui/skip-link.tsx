/** The first thing Tab reaches: past bar and menu, to `#main`. */
export function SkipLink({ children }: { children: string }) {
  return (
    <a
      href="#main"
      className="fixed start-3 -top-24 z-50 rounded-md bg-raised px-4 py-3 text-ink focus:top-3 focus:shadow-pop"
    >
      {children}
    </a>
  )
}
