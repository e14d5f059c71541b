// Where every value of a document stands, kept beside the values: container and key to offsets in the text. Offsets become lines and
// columns only when asked for.

/** A key's offset and its value's offset, in the text that was read. */
export type Mark = readonly [key: number, value: number]
export type Marks = WeakMap<object, Map<string | number, Mark>>

/** Notes where an entry of a map or an item of a list stands. */
export function mark(marks: Marks, container: object, key: string | number, entry: Mark): void {
  const entries = marks.get(container)
  if (entries === undefined) marks.set(container, new Map([[key, entry]]))
  else entries.set(key, entry)
}

/** Both count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Turns offsets of one text into lines and columns. */
export function lineFinder(text: string): (offset: number) => Position {
  let starts: number[] | undefined
  return offset => {
    starts ??= lineStarts(text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
