// The `yaml` package at work: it finds the structure of a chunk, and nothing else (no types, no checks of keys).

import { isScalar, parseAllDocuments, type Document } from 'yaml'
import { syntaxProblem, type Problem } from './syntax-problem.ts'

/** The documents that the parser finds in a chunk: one, or several where `...` ends one. */
export function parseDocuments(chunk: string): readonly Document.Parsed[] {
  const options = { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false } as const
  const parsed = parseAllDocuments(chunk, options)
  return Array.isArray(parsed) ? (parsed as Document.Parsed[]) : []
}

/** The first error of every document, and text that stands behind the first one's end marker. */
export function structureProblems(
  first: Document.Parsed,
  rest: readonly Document.Parsed[],
  base: number,
): readonly Problem[] {
  const problems = [first, ...rest].flatMap(({ errors }) => errors.slice(0, 1).map(error => syntaxProblem(error, base)))
  const stray = rest.find(document => document.contents !== null && !isEmptyScalar(document.contents))
  return stray !== undefined && problems.length === 0 ? [textBehindEnd(stray, base)] : problems
}

/** A value that is not there: `key:` and nothing behind it. */
export function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.source === '' && node.tag === undefined
}

function textBehindEnd(document: Document.Parsed, base: number): Problem {
  return {
    code: 'yaml/syntax',
    offset: base + (document.contents?.range?.[0] ?? 0),
    message:
      'everything behind the document end marker "..." is lost: kustomize reads one document between two "---" lines',
    help: 'Begin the next document with a line `---`.',
  }
}
