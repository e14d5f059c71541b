// What becomes of a folded block scalar (`>`) on its way through kustomize: it is written once more in folded style and read again
// before it is printed, and go-yaml 3 writes lines that begin with a space, or text that begins with a blank, so that they come back
// changed (kyaml's MarshalJSON; emitterc.go, write_folded_scalar). Whoever wants kustomize's output has to follow.

import { leavesBlock } from './analyze-string.ts'

/** The text that kustomize prints for a folded scalar's text. */
export function refold(text: string): string {
  if (!text.includes('\n') || !comesBackChanged(text)) return text
  return readFolded(writeFolded(text), trailingBreaks(text))
}

function trailingBreaks(text: string): number {
  let count = 0
  while (text[text.length - 1 - count] === '\n') count += 1
  return count
}

/** Double quotes lose nothing. */
function comesBackChanged(text: string): boolean {
  return !/^\n*$/.test(text) && /\n[ \t]|^[\n \t]|\n\n$/.test(text) && !leavesBlock(text)
}

/** The lines of the block that go-yaml 3 writes for a text, without indentation. */
export function writeFolded(text: string): readonly string[] {
  // The original looks for the character behind the breaks at the text's beginning, not at the current place.
  const doubled = !/^\n*(?:[ \t]|$)/.test(text)
  let out = ''
  let breaks = true
  let leadingSpaces = true
  for (const character of text) {
    if (character === '\n') {
      if (!breaks && !leadingSpaces && doubled) out += '\n'
      out += '\n'
      breaks = true
    } else {
      if (breaks) leadingSpaces = character === ' ' || character === '\t'
      out += character
      breaks = false
    }
  }
  return out.split('\n')
}

/** Reads the lines as a folded block: one break between plain lines is a space, breaks around indented lines stay. */
function readFolded(lines: readonly string[], written: number): string {
  let out = ''
  let breaks = 0
  let leadingBlank = true
  for (const line of lines) {
    if (line === '') {
      breaks++
      continue
    }
    const blank = line.startsWith(' ') || line.startsWith('\t')
    if (out === '' && leadingBlank) out = '\n'.repeat(breaks)
    else if (!leadingBlank && !blank) out += breaks === 0 ? ' ' : '\n'.repeat(breaks)
    else out += '\n'.repeat(breaks + 1)
    out += line
    leadingBlank = blank
    breaks = 0
  }
  // A single break at the end is clipped to one; several are kept, doubled or not.
  return out + '\n'.repeat(written <= 1 ? written : breaks)
}
