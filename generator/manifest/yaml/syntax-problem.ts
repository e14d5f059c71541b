// What the full parser complains about, in this project's words.

import type { DiagnosticCode } from '../../diagnostics/diagnostic.ts'

/** A finding inside one text; the caller knows file, document, line and column. */
export interface Problem {
  readonly code: DiagnosticCode
  readonly offset: number
  readonly message: string
  readonly help?: string
}

/** What the `yaml` package tells about an error. */
interface ParserError {
  readonly code: string
  readonly message: string
  readonly pos: readonly [number, number]
}

const known: Readonly<Record<string, readonly [message: string, help: string]>> = {
  BAD_INDENT: [
    'the indentation fits none of the lines above',
    'Indent the line like the other entries of its map or list.',
  ],
  MISSING_CHAR: ['a closing quote, bracket or comma is missing, or a key has no ":" behind it', 'Complete the line.'],
  UNEXPECTED_TOKEN: ['this text has no place here', 'Put the value in quotes, or correct the indentation.'],
  BLOCK_AS_IMPLICIT_KEY: [
    'a map cannot begin inside a value on the same line',
    'Put the value in quotes if the ":" belongs to it.',
  ],
  BLOCK_IN_FLOW: [
    'a block value cannot stand inside brackets',
    'Write the value in brackets, or the whole list as a block.',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'a key must stand on one line, with its ":"',
    'Add the ":" behind the key, or indent the line as part of the value above.',
  ],
  KEY_OVER_1024_CHARS: ['a key of more than 1,024 characters must be marked with "?"', 'Shorten the key.'],
  BAD_DQ_ESCAPE: [
    'an escape that YAML does not know stands in double quotes',
    'Double the backslash, or use single quotes.',
  ],
  BAD_SCALAR_START: ['a plain value cannot begin with this character', 'Put the value in quotes.'],
  BAD_ALIAS: ['an alias has no name, or a value of its own', 'Put the value in quotes if the "*" belongs to it.'],
  MULTIPLE_ANCHORS: ['a value has two anchors', 'Remove one of them.'],
  MULTIPLE_TAGS: ['a value has two tags', 'Remove one of them.'],
  BAD_DIRECTIVE: ['a directive that YAML does not know', 'Remove the line that begins with "%".'],
  TAG_RESOLVE_FAILED: ['a tag that YAML does not know', 'Remove the tag.'],
}

/** The first error of a document as a finding. */
export function syntaxProblem(error: ParserError, base: number): Problem {
  const offset = base + error.pos[0]
  if (error.code === 'TAB_AS_INDENT') {
    return {
      code: 'yaml/tab',
      offset,
      message: 'a tab stands where only spaces can indent',
      help: 'Replace the tab with spaces.',
    }
  }
  const [message, help] = known[error.code] ?? ['this is not YAML', 'Correct the text at this place.']
  return { code: 'yaml/syntax', offset, message, help }
}
