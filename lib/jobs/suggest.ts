/** What of a position and a job is alike, and how much: the reason that is shown beside a suggestion. */
export type Likeness = 'same' | 'similar' | 'different' | 'unknown'
export type Reasons = { title: Likeness; code: Likeness; department: Likeness; place: Likeness }

type Role = { title: string; code: string; department: string; place: string }

const weights = { same: 1, similar: 0.6, different: 0, unknown: 0 } as const
const parts = { code: 5, title: 4, place: 1.5, department: 1 } as const
/** A suggestion has to be more than a common department: a title that is alike, or the same code. */
const least = 2.4

/**
 * The job that fits a position best, with the reasons, or undefined when none is close or two are equally close in all that
 * counts: then a person's eye is better. Pure; never takes anything by itself.
 */
export function suggestJob<J extends Role & { state: string }>(
  position: Role,
  jobs: readonly J[],
): { job: J; reasons: Reasons } | undefined {
  const ranked = jobs
    .filter(job => job.state !== 'archived')
    .map(job => ({ job, reasons: reasonsFor(position, job) }))
    .map(each => ({ ...each, score: scoreOf(each.reasons) + (each.job.state === 'published' ? 0.2 : 0) }))
    .filter(
      each => each.score >= least && (each.reasons.code === 'same' || each.reasons.title !== 'different'),
    )
    .sort((a, b) => b.score - a.score)
  const [best, second] = ranked
  if (!best || second?.score === best.score) return undefined
  return { job: best.job, reasons: best.reasons }
}

export function reasonsFor(position: Role, job: Role): Reasons {
  return {
    title: titles(position.title, job.title),
    code: codes(position.code, job.code),
    department: alike(position.department, job.department),
    place: samePlace(position.place, job.place),
  }
}

const scoreOf = (reasons: Reasons): number =>
  (Object.keys(parts) as (keyof typeof parts)[]).reduce(
    (sum, part) => sum + parts[part] * weights[reasons[part]],
    0,
  )

/** Codes are compared letter by letter, spacing and case aside: "NL/OPS/14" is not "NL/OPS/014". */
function codes(a: string, b: string): Likeness {
  const [left, right] = [a, b].map(code => code.replace(/\s/g, '').toLowerCase())
  if (!left || !right) return 'unknown'
  return left === right ? 'same' : 'different'
}

/** Words that many titles share: alike in these alone, two roles are not alike. */
const roleWords = words(
  'manager engineer developer designer specialist agent officer supervisor coordinator analyst consultant administrator',
  'associate executive director operator driver technician planner representative clerk worker advisor assistant',
)
const levelWords = words(
  'senior junior lead head chief principal staff deputy trainee intern apprentice graduate',
)

/** As `alike`, but "Senior Data Engineer" is neither "Senior Software Engineer" nor "Junior Data Engineer". */
function titles(a: string, b: string): Likeness {
  const likeness = alike(a, b)
  if (likeness !== 'similar') return likeness
  const [left, right] = [[...wordsOf(a)], [...wordsOf(b)]]
  if (left.every(word => right.includes(word)) || right.every(word => left.includes(word))) return likeness
  for (const kind of [roleWords, levelWords]) {
    const [ours, theirs] = [left, right].map(list => list.filter(word => kind.has(word)))
    if (ours?.length && theirs?.length && !ours.some(word => theirs.includes(word))) return 'different'
  }
  const telling = new Set([...left, ...right].filter(word => !roleWords.has(word) && !levelWords.has(word)))
  const shared = [...telling].filter(word => left.includes(word) && right.includes(word))
  return shared.length * 2 >= telling.size ? likeness : 'different'
}

function alike(a: string, b: string): Likeness {
  const [left, right] = [wordsOf(a), wordsOf(b)]
  if (left.size === 0 || right.size === 0) return 'unknown'
  const shared = [...left].filter(word => right.has(word)).length
  const all = left.size + right.size - shared
  if (shared === all) return 'same'
  const smaller = Math.min(left.size, right.size)
  return shared / all >= 0.5 ||
    (smaller >= 2 && shared === smaller) ||
    (smaller === 1 && shared === 1 && all <= 3)
    ? 'similar'
    : 'different'
}

const abbreviations: Record<string, string> = { sr: 'senior', jr: 'junior', mgr: 'manager', eng: 'engineer' }
const fillers = new Set(['the', 'and', 'of', 'in', 'for', 'a', 'an', 'm', 'f', 'd', 'w', 'x'])

/** Places lead with the town: "Rotterdam Maasvlakte" is close to "Rotterdam, Netherlands". */
function samePlace(a: string, b: string): Likeness {
  const likeness = alike(a, b)
  const [left, right] = [a, b].map(place => [...wordsOf(place)][0])
  return likeness === 'different' && left === right ? 'similar' : likeness
}

/** The words that carry meaning, without accents and plural endings. */
export function wordsOf(text: string): Set<string> {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain.match(/[\p{L}\p{N}+#]+/gu) ?? []
  return new Set(words.filter(word => !fillers.has(word)).map(word => abbreviations[word] ?? singular(word)))
}

const singular = (word: string): string => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word)

function words(...lists: string[]): Set<string> {
  return new Set(lists.flatMap(list => list.split(' ')))
}
