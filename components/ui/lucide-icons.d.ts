/** Lucide types its barrel only; each drawing's own file has this shape. */
declare module 'lucide/dist/esm/icons/*.mjs' {
  const node: readonly [tag: string, attributes: Record<string, string | number>][]
  export default node
}
