// YAML text to plain data, one entry per document, reading scalars the way Kubernetes and Kustomize do. Manifests are read by a fast
// reader, whatever it is not certain of by the `yaml` package; both read the same. Positions are kept only by `parseWithPositions`.

import type { Result } from '../diagnostics/diagnostic.ts'
import type { Position } from './locate-pointer.ts'
import type { YamlValue } from './value.ts'
import type { Marks } from './yaml/marks.ts'
import { readDocuments, type ReadText } from './yaml/read-documents.ts'
import type { ScalarRules } from './yaml/scalar-rules.ts'

export interface YamlDocument {
  readonly file: string
  /** Counts from 1, counting empty documents too. */
  readonly document: number
  readonly value: YamlValue
}

export interface ReadOptions {
  /**
   * `go-yaml-3`, the default: how kustomize reads resources and patches (`yes` is a string, a key `8080` is refused).
   * `yaml-1.1`: how kubectl, Argo CD's directory sources and kustomization.yaml are read (`yes` is true, `8080` becomes "8080").
   */
  readonly scalars?: ScalarRules
}

/** Documents of a text. Empty documents are left out (but counted); a document with an error is one `yaml/…` diagnostic per cause. */
export function parseYaml(text: string, file: string, options: ReadOptions = {}): Result<readonly YamlDocument[]> {
  return toResult(readDocuments(text, file, options.scalars ?? 'go-yaml-3'), file)
}

/** Documents that know where each of their values stands. */
export interface PositionedDocuments {
  readonly documents: readonly YamlDocument[]
  /**
   * Where an entry of a map or list of these documents stands: its value, or its key. Undefined for containers that were not read here.
   * @param container the map or list itself, by identity
   */
  readonly positionOf: (container: object, key: string | number, on?: 'key' | 'value') => Position | undefined
}

/** The same as `parseYaml`, and where every value came from. Costs about five times as much: for files that have something to report. */
export function parseWithPositions(text: string, file: string, options: ReadOptions = {}): Result<PositionedDocuments> {
  const marks: Marks = new WeakMap()
  const read = readDocuments(text, file, options.scalars ?? 'go-yaml-3', marks)
  const { value, diagnostics } = toResult(read, file)
  return {
    value: {
      documents: value,
      positionOf: (container, key, on = 'value') => {
        const mark = marks.get(container)?.get(key)
        return mark === undefined ? undefined : read.positionOf(mark[on === 'key' ? 0 : 1])
      },
    },
    diagnostics,
  }
}

function toResult(read: ReadText, file: string): Result<readonly YamlDocument[]> {
  const documents: YamlDocument[] = []
  for (const [index, { value }] of read.documents.entries()) {
    if (value !== null && value !== undefined) documents.push({ file, document: index + 1, value })
  }
  return { value: documents, diagnostics: read.diagnostics }
}
