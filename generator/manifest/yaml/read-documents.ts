// A whole text to documents: refuses what no reader takes, cuts the text at its `---` lines as kustomize does, and reads every
// document with the fast reader, or with the full one where the fast one is not certain.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { YamlValue } from '../value.ts'
import { cutDocuments } from './cut-documents.ts'
import { lineFinder, type Marks, type Position } from './marks.ts'
import { readFast } from './read-fast.ts'
import { readFull } from './read-full.ts'
import type { ScalarRules } from './scalar-rules.ts'
import type { Problem } from './syntax-problem.ts'
import { characterProblem, conflictProblems, normalize, separatorProblem } from './text-problems.ts'

/** Texts longer than this are refused. */
export const maxLength: number = 64 * 1024 * 1024

export interface ReadText {
  /** All documents in order, empty ones (null) and unreadable ones (undefined) included. */
  readonly documents: readonly { readonly value: YamlValue | undefined; readonly offset: number }[]
  readonly diagnostics: readonly Diagnostic[]
  readonly positionOf: (offset: number) => Position
}

/** Reads all documents of a text. */
export function readDocuments(raw: string, file: string, rules: ScalarRules, marks?: Marks): ReadText {
  const text = normalize(raw)
  const positionOf = lineFinder(text)
  const refused = refusal(text)
  if (refused !== undefined) {
    return {
      documents: [{ value: undefined, offset: 0 }],
      diagnostics: [diagnose(refused, 1, file, positionOf)],
      positionOf,
    }
  }
  const fast = readFast(text, rules, marks)
  if (fast !== undefined) return { documents: fast, diagnostics: [], positionOf }
  return { ...readChunks(text, file, rules, marks, positionOf), positionOf }
}

function refusal(text: string): Problem | undefined {
  if (text.length <= maxLength) return characterProblem(text)
  const size = `${maxLength / 1024 / 1024} MiB`
  return { code: 'yaml/too-large', offset: 0, message: `the file is larger than ${size}`, help: 'Split the file.' }
}

type Documents = Omit<ReadText, 'positionOf'>

function readChunks(
  text: string,
  file: string,
  rules: ScalarRules,
  marks: Marks | undefined,
  positionOf: (offset: number) => Position,
): Documents {
  const documents: { value: YamlValue | undefined; offset: number }[] = []
  const diagnostics: Diagnostic[] = []
  for (const { start, end } of cutDocuments(text)) {
    const { value, offset, problems } = readChunk(text.slice(start, end), start, rules, marks)
    const fatal = problems.some(problem => problem.code !== 'yaml/non-string-key')
    documents.push({ value: fatal ? undefined : value, offset })
    diagnostics.push(...problems.map(problem => diagnose(problem, documents.length, file, positionOf)))
  }
  return { documents, diagnostics }
}

interface Chunk {
  readonly value: YamlValue
  readonly offset: number
  readonly problems: readonly Problem[]
}

function readChunk(chunk: string, base: number, rules: ScalarRules, marks: Marks | undefined): Chunk {
  const conflicts = conflictProblems(chunk, base)
  if (conflicts.length > 0) return { value: null, offset: base, problems: conflicts }
  const separator = separatorProblem(chunk, base)
  if (separator !== undefined) return { value: null, offset: base, problems: [separator] }
  // Positions of the fast reader count from the beginning of what it reads: only whole texts get them from it.
  const [fast] = marks === undefined ? (readFast(chunk, rules) ?? []) : []
  return fast === undefined
    ? readFull(chunk, base, rules, marks)
    : { value: fast.value, offset: base + fast.offset, problems: [] }
}

function diagnose(
  problem: Problem,
  document: number,
  file: string,
  positionOf: (offset: number) => Position,
): Diagnostic {
  return {
    code: problem.code,
    severity: 'error',
    message: problem.message,
    at: { file, document, pointer: '', ...positionOf(problem.offset) },
    ...(problem.help === undefined ? {} : { help: problem.help }),
  }
}
