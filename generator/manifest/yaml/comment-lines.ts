// Where the comments of a text stand, line by line.

import { Lexer } from 'yaml'
import { lineFinder, type Position } from './marks.ts'

export interface CommentBlock {
  /** The lines it has, from `first` to `last`, counted from 0. */
  readonly first: number
  readonly last: number
  readonly column: number
  /** Whether all its lines begin in the same column. */
  readonly even: boolean
  readonly lines: readonly string[]
}

interface Comment {
  readonly line: number
  readonly column: number
  readonly text: string
  readonly alone: boolean
}

export class CommentLines {
  readonly #positionOf: (offset: number) => Position
  readonly lineCount: number
  readonly #comments: readonly Comment[]
  readonly #content = new Set<number>()
  readonly #taken = new Set<number>()

  constructor(text: string) {
    this.#positionOf = lineFinder(text)
    this.lineCount = text.split('\n').length
    this.#comments = this.#read(text)
  }

  /** The comment behind what stands on a line; once. */
  behind(line: number): string | undefined {
    const found = this.#comments.find(comment => !comment.alone && comment.line === line)
    if (found === undefined || this.#taken.has(line)) return undefined
    this.#taken.add(line)
    return found.text
  }

  /** The comments on lines of their own between two lines, in blocks without a blank line; once. */
  between(after: number, before: number): readonly CommentBlock[] {
    const blocks: CommentBlock[] = []
    for (const { line, column, text, alone } of this.#comments) {
      if (!alone || line <= after || line >= before || this.#taken.has(line)) continue
      this.#taken.add(line)
      const block = blocks.at(-1)
      if (block?.last === line - 1) {
        const even = block.even && block.column === column
        blocks.splice(-1, 1, { ...block, last: line, even, lines: [...block.lines, text] })
      } else blocks.push({ first: line, last: line, column, even: true, lines: [text] })
    }
    return blocks
  }

  /** The last line before this one that has more than a comment; -1 where there is none. */
  contentBefore(line: number): number {
    let at = line - 1
    while (at >= 0 && !this.#content.has(at)) at--
    return at
  }

  get allTaken(): boolean {
    return this.#comments.every(({ line }) => this.#taken.has(line))
  }

  lineOf(offset: number): number {
    return this.#positionOf(offset).line - 1
  }

  columnOf(offset: number): number {
    return this.#positionOf(offset).column - 1
  }

  #read(text: string): readonly Comment[] {
    const comments: Comment[] = []
    let offset = 0
    let isScalar = false
    for (const lexeme of new Lexer().lex(text)) {
      if (lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f') {
        isScalar = lexeme === '\u001f'
        continue
      }
      if (lexeme.startsWith('#') && !isScalar) comments.push(this.#comment(offset, lexeme))
      else this.#noteContent(offset, lexeme)
      isScalar = false
      offset += lexeme.length
    }
    return comments
  }

  #comment(offset: number, text: string): Comment {
    const line = this.lineOf(offset)
    return { line, column: this.columnOf(offset), text, alone: !this.#content.has(line) }
  }

  #noteContent(offset: number, lexeme: string): void {
    for (const { index } of lexeme.matchAll(/[^\s\ufeff]+/g)) this.#content.add(this.lineOf(offset + index))
  }
}
