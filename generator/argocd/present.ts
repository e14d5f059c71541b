// Leaving fields out: Argo CD stores what it is given, and a written default or empty field can differ from what the
// API server gives back for ever (argoproj/argo-cd#14666, #15898).

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** The fields that have a value; undefined ones, empty lists and empty maps are left out. */
export function present<T extends object>(fields: T): Partial<Present<T>> {
  const kept = Object.entries(fields).filter(([, value]) => !isEmpty(value))
  return Object.fromEntries(kept) as Partial<Present<T>>
}

function isEmpty(value: unknown): boolean {
  if (value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
