// YAML text to plain data, one entry per document, reading scalars the way Kubernetes and Kustomize do.
// Positions are not kept: `locatePointer` re-reads the few files that have findings.

import { LineCounter, parseAllDocuments, type Document } from 'yaml'
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts'
import type { YamlValue } from './value.ts'

export interface YamlDocument {
  readonly file: string
  /** Counts from 1, counting empty documents too. */
  readonly document: number
  readonly value: YamlValue
}

/** Documents of a text. Empty documents are left out (but counted); a syntax error is one `yaml/…` diagnostic per document. */
export function parseYaml(text: string, file: string): Result<readonly YamlDocument[]> {
  const lines = new LineCounter()
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, maxAliasCount: 1000 } as never)
  const documents: YamlDocument[] = []
  const diagnostics: Diagnostic[] = []
  const list = (Array.isArray(parsed) ? parsed : []) as Document.Parsed[]
  list.forEach((document, index) => {
    const error = document.errors[0]
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0])
      diagnostics.push({
        code: 'yaml/syntax',
        severity: 'error',
        message: (error.message.split('\n')[0] ?? error.message).replace(/ at line \d+.*$/, ''),
        at: { file, document: index + 1, pointer: '', line, column: col },
      })
      return
    }
    const value = document.toJS({ maxAliasCount: 1000 }) as YamlValue | undefined
    if (value !== null && value !== undefined) documents.push({ file, document: index + 1, value })
  })
  return { value: documents, diagnostics }
}
