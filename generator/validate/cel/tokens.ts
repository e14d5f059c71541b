// The tokens of an expression, as far as rewriting what the grammar does not know needs them.

/** The token at a place: a text, a word, blanks, or one sign. */
export function nextToken(text: string, at: number): string {
  return (
    /^(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\w+|\s+|[\s\S])/.exec(text.slice(at))?.[0] ??
    ''
  )
}

/** Where the entry's key or element ends: a `,`, `:` or closing bracket at its own depth. */
export function endOfOperand(text: string, from: number): number {
  let depth = 0
  let at = from
  while (at < text.length) {
    const token = nextToken(text, at)
    if (depth === 0 && [',', ':', ']', '}', ')'].includes(token)) return at
    if (['[', '{', '('].includes(token)) depth++
    if ([']', '}', ')'].includes(token)) depth--
    at += token.length
  }
  return at
}
