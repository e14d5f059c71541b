// How deep a text may be nested, judged without parsing it: the full parser recurses, and a stack that overflows inside it can end
// the process. Brackets inside strings count too, so this is an upper bound; real manifests stay below 50.

/** An upper bound of the nesting depth: open brackets, lines that go in and in, and indicators in a row. */
export function estimateDepth(text: string): number {
  let deepest = 0
  let brackets = 0
  const indents: number[] = []
  let lineStart = 0
  while (lineStart < text.length) {
    const lineEnd = endOfLine(text, lineStart)
    const content = skip(text, lineStart, lineEnd)
    if (content < lineEnd) {
      const indent = content - lineStart
      while ((indents.at(-1) ?? -1) >= indent) indents.pop()
      indents.push(indent)
      const line = countLine(text, content, lineEnd, brackets)
      brackets = line.brackets
      deepest = Math.max(deepest, indents.length + line.deepest + line.indicators)
    }
    lineStart = lineEnd + 1
  }
  return deepest
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function skip(text: string, from: number, to: number): number {
  let at = from
  while (at < to && text.charCodeAt(at) <= 0x20) at++
  return at
}

interface LineCount {
  /** Brackets open at the line's end, and at most. */
  readonly brackets: number
  readonly deepest: number
  /** `- `, `? ` and `: ` in the line. */
  readonly indicators: number
}

function countLine(text: string, from: number, to: number, open: number): LineCount {
  let brackets = open
  let deepest = open
  let indicators = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++brackets)
    else if (code === 0x5d || code === 0x7d) brackets = Math.max(0, brackets - 1)
    else if (code === 0x20 && at > from && isIndicator(text.charCodeAt(at - 1))) indicators++
  }
  return { brackets, deepest, indicators }
}

function isIndicator(code: number): boolean {
  return code === 0x2d || code === 0x3f || code === 0x3a
}
