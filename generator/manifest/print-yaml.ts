// The one YAML printer: the layout `kustomize build` prints (two spaces, sequences not indented, keys sorted, LF, final newline).

import { stringify } from 'yaml'
import type { YamlValue } from './value.ts'

/** One document, with a final newline. */
export function printYaml(value: YamlValue): string {
  return stringify(value, { indentSeq: false, compat: 'yaml-1.1', lineWidth: 0, sortMapEntries: true })
}

/** Several documents, separated by `---`. */
export function printDocuments(values: readonly YamlValue[]): string {
  return values.map(printYaml).join('---\n')
}
