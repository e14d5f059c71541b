// Where go-yaml 3 puts the comments on lines of their own when it writes what it has read (parserc.go, scannerc.go: head and foot
// comments). What stands at the top, directly above an entry, or behind everything stays there; other places have rules that depend on
// blank lines and on what the neighbours are, and are not answered.

import type { CommentBlock, CommentLines } from './comment-lines.ts'

export interface EntryStart {
  readonly offset: number
  readonly parent: Entry | undefined
  readonly list: boolean
  /** Whether it has no value, or one in brackets: comments beside such are moved about. */
  readonly odd: boolean
  readonly pad: string
}

/** An entry of a map or an item of a list, as it stood in the text. */
export interface Entry extends EntryStart {
  readonly line: number
  /** The lines to print before it. */
  readonly before: readonly string[]
}

export class CommentPlaces {
  readonly #comments: CommentLines
  #previous: Entry | undefined
  /** Whether the places of all comments so far are certain. */
  known = true

  constructor(comments: CommentLines) {
    this.#comments = comments
  }

  /** The next entry in the order of the text. */
  entry(start: EntryStart): Entry {
    const line = this.#comments.lineOf(start.offset)
    const content = this.#comments.contentBefore(line)
    const blocks = this.#comments.between(content, line)
    const before = content < 0 ? atTop(blocks, line, start.pad) : this.#above(blocks, line, start)
    const entry = { ...start, line, before }
    this.#previous = entry
    return entry
  }

  #above([block, ...more]: readonly CommentBlock[], line: number, start: EntryStart): readonly string[] {
    if (block === undefined) return []
    const column = this.#comments.columnOf(start.offset) - (start.list ? 2 : 0)
    const certain = more.length === 0 && block.last === line - 1 && block.column === column && block.even
    if (!certain || this.#previous?.odd === true || (start.odd && start.list)) this.known = false
    return padded(block, start.pad)
  }

  /** What stands behind the last entry. */
  atEnd(): readonly string[] {
    const { lineCount } = this.#comments
    const content = this.#comments.contentBefore(lineCount)
    const blocks = this.#comments.between(content, lineCount)
    if (blocks.length === 0) return []
    const certain = blocks.every(({ even, column }) => even && column === 0) && this.#previous?.odd !== true
    if (!certain) this.known = false
    const lines = blocks.flatMap(block => ['', ...block.lines])
    return blocks[0]?.first === content + 1 ? lines.slice(1) : lines
  }
}

/** Before the first entry every block stays one. */
function atTop(blocks: readonly CommentBlock[], line: number, pad: string): readonly string[] {
  const lines = blocks.flatMap(block => [...padded(block, pad), ''])
  return blocks.at(-1)?.last === line - 1 ? lines.slice(0, -1) : lines
}

function padded({ lines }: CommentBlock, pad: string): readonly string[] {
  return lines.map(line => pad + line)
}
