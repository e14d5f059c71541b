// Entries of a kustomization that match nothing: kustomize ignores them without a word.

import type { Diagnostic, SourceLocation } from '../../diagnostics/diagnostic.ts'
import { child } from '../../manifest/pointer.ts'

/** A target of a replacement that selects no object; `at` is the list of replacements. */
export function unmatchedReplacement(at: SourceLocation, replacement: number, target: number): Diagnostic {
  return {
    code: 'kustomize/unmatched-replacement',
    severity: 'warning',
    message: 'the target of the replacement selects no object, so it is ignored',
    at: { ...at, pointer: child(at.pointer, replacement, 'targets', target) },
    help: 'Correct "select" or "reject", or remove the target.',
  }
}

/** An entry of `images` that no container has. */
export function unmatchedImage(name: string | undefined, at: SourceLocation): Diagnostic {
  return {
    code: 'kustomize/unmatched-image',
    severity: 'warning',
    message: `no container has the image "${name ?? ''}", so the entry is ignored`,
    at,
    help: 'Write the image name as it stands in the container, without tag, or remove the entry.',
  }
}

/** A patch whose target selects no object. */
export function unmatchedPatch(at: SourceLocation): Diagnostic {
  return {
    code: 'kustomize/unmatched-patch',
    severity: 'warning',
    message: 'the target of the patch matches no object, so it is ignored',
    at: { ...at, pointer: child(at.pointer, 'target') },
    help: 'Correct the target, or remove the patch.',
  }
}
