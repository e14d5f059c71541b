// How much one document may ask of the reader, and what is said of one that asks for more.

import type { Problem } from './syntax-problem.ts'

/** Aliases may unfold to this many values in one document. */
export const maxUnfolded = 1_000_000
/** Values may be nested this deep: as far as the parser's recursion is safe. */
export const maxNesting = 400

export function tooDeep(offset: number): Problem {
  return {
    code: 'yaml/too-deep',
    offset,
    message: `values are nested more than ${maxNesting} levels deep`,
    help: 'Flatten the document; no Kubernetes object is nested that deep.',
  }
}

export function aliasBomb(offset: number): Problem {
  return {
    code: 'yaml/alias-bomb',
    offset,
    message: `aliases unfold to more than ${maxUnfolded} values`,
    help: 'Write the values out, or remove the aliases that refer to aliases.',
  }
}
