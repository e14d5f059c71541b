// One cause, one finding: where the build itself has seen that a name lacks its hash, the rule about rendered objects need not say so too.

import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.ts'

/** The findings without those that repeat, in the same place, what the build has found. */
export function withoutEchoes(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set(found.filter(({ code }) => code === 'kustomize/bare-name').map(({ at }) => placeKey(at)))
  return found.filter(({ code, at }) => code !== 'reference/bare-hashed-name' || !seen.has(placeKey(at)))
}

function placeKey({ file, document, pointer }: SourceLocation): string {
  return `${file} ${document} ${pointer}`
}
