// One copy of texts that come back all the time: comparing it, and looking it up, is comparing two addresses.

/** The string as V8 keeps the names of properties: one copy of it, which does not hold on to the text it was cut from. */
export function ownName(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text
}

const shared = new Map<string, string>()

/** The same string for the same characters: for kinds and API versions, of which there are few, and many objects of each. */
export function sharedText(text: string): string {
  const known = shared.get(text)
  if (known !== undefined) return known
  const own = ownName(text)
  if (shared.size < 10_000) shared.set(own, own)
  return own
}
