// Texts that come back all the time: kinds, names of variables, images, amounts. One copy of each, and one answer about each.

/** The string as V8 keeps the names of properties: one copy of it, which does not hold on to the text it was cut from. */
export function ownName(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text
}

const most = 10_000

/** A function of a text that works out its answer once for each text, for the first ten thousand it is asked about. */
export function answeredOnce<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>()
  return text => {
    const before = known.get(text)
    if (before !== undefined) return before.answer
    const found = { answer: answer(text) }
    if (known.size < most) known.set(ownName(text), found)
    return found.answer
  }
}

/** The same string for the same characters: comparing it, and looking it up, is comparing two addresses. */
export const sharedText: (text: string) => string = answeredOnce(ownName)
