// The `yaml` package at work: it finds the structure of a chunk, and nothing else (no types, no checks of keys).

import { Composer, isScalar, Lexer, parseAllDocuments, Parser, visit, type Document } from 'yaml'
import { beforeComments } from './before-comments.ts'
import { syntaxProblem, type Problem } from './syntax-problem.ts'

/** The documents that the parser finds in a chunk: one, or several where `...` ends one. */
export function parseDocuments(chunk: string): readonly Document.Parsed[] {
  const documents = findDocuments(chunk)
  if (/[^ \n] *$/.test(chunk)) for (const document of documents) endLastBlock(document, chunk.length)
  return documents
}

/** A block has the line breaks that stand in the text: none behind its last line where the text ends there. */
function endLastBlock(document: Document.Parsed, end: number): void {
  visit(document, {
    Scalar: (_, node) => {
      const reachesEnd = node.type?.startsWith('BLOCK') === true && (node.range?.[1] ?? 0) >= end
      if (reachesEnd && typeof node.value === 'string') node.value = node.value.replace(/\n$/, '')
    },
  })
}

/** A block that keeps its last breaks has one more where comments follow it to the end; for kustomize's output alone. */
export function setOffComments(document: Document.Parsed, chunk: string): void {
  if (!/[|>]\d?\+/.test(chunk)) return
  visit(document, {
    Scalar: (_, node) => {
      if (node.type?.startsWith('BLOCK') !== true || typeof node.value !== 'string') return
      node.value = beforeComments(node.value, chunk, node.range?.[1] ?? 0, chunk.length)
    },
  })
}

function findDocuments(chunk: string): readonly Document.Parsed[] {
  const parsed = parseAllDocuments(chunk, options)
  const documents = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : []
  if (documents.every(({ errors }) => errors.length === 0)) return documents
  const lenient = parseLeniently(chunk)
  return lenient.some(({ errors }) => errors.length > 0) ? documents : lenient
}

const options = { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false } as const

/** The parts of the package's lexer that heed indentation where go-yaml does not. */
interface IndentedLexer {
  indentNext: number
  parseQuotedScalar: () => Generator<string, unknown>
  parseFlowCollection: () => Generator<string, unknown>
}

/**
 * Reads lines inside quotes and brackets whatever their indentation, as go-yaml does (scannerc.go: yaml_parser_scan_flow_scalar,
 * yaml_parser_unroll_indent) and YAML 1.2 does not: `args: ['` may be closed by `']` below the `a`.
 */
function parseLeniently(chunk: string): readonly Document.Parsed[] {
  const lexer = new Lexer()
  const parts = lexer as unknown as IndentedLexer
  for (const name of ['parseQuotedScalar', 'parseFlowCollection'] as const) {
    const strict = parts[name].bind(lexer)
    parts[name] = function* () {
      const indent = parts.indentNext
      parts.indentNext = 0
      const next = yield* strict()
      parts.indentNext = indent
      return next
    }
  }
  const parser = new Parser()
  const composer = new Composer(options)
  const tokens = [...[...lexer.lex(chunk)].flatMap(lexeme => [...parser.next(lexeme)]), ...parser.end()]
  return [...composer.compose(tokens)] as Document.Parsed[]
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

/** A value that is not there: `key:` and nothing behind it, or nothing but a tag that says nothing. */
export function isEmptyScalar(node: unknown, tag?: '!'): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.source === '' && (node.tag === undefined || node.tag === tag)
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
