// Unquoted text that YAML 1.1 or 1.2 reads as something else than a string: `yes`, `on`, `1:30`, `0755`, `1e3`.

import { kindOfPlain } from './yaml/scalar-rules.ts'

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/

/**
 * Whether an unquoted string would be read as a boolean, a number, null, a timestamp or a base-60 number by some reader.
 * The printer quotes exactly these, as `kustomize build` does (encode.go of go.yaml.in/yaml v2.4.2).
 */
export function looksLikeOtherType(text: string): boolean {
  return kindOfPlain(text, 'yaml-1.1') !== 'string' || base60.test(text)
}
