/** A telephone number: always from left to right, each digit as wide as the other. */
export function Phone({ children }: { children: string }) {
  return (
    <bdi dir="ltr" className="font-mono whitespace-nowrap tabular-nums">
      {children}
    </bdi>
  )
}
