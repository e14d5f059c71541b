// `replacements:` entries, given in place or in files.
// Follows api/internal/builtins/ReplacementTransformer.go.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { isList, isMap } from '../manifest/value.ts'
import type { DirectoryBuild } from './build-context.ts'
import { placing, refuse } from './build-fault.ts'
import type { ReplacementArgs } from './kustomization-file.ts'
import { replacementShape } from './kustomization-shape.ts'
import { decode, type DecodeOptions } from './struct-decoder.ts'

const code = 'kustomize/replacement'

export function loadReplacements(
  build: DirectoryBuild,
  replacements: readonly ReplacementArgs[],
): readonly ReplacementArgs[] {
  return replacements.flatMap((replacement, index) => {
    const { path = '' } = replacement
    if (path === '') return [replacement]
    const at = build.at('replacements', index)
    if (replacement.source !== undefined || (replacement.targets ?? []).length > 0) {
      refuse(code, 'cannot specify both path and inline replacement', { at, help: 'Keep one of the two.' })
    }
    return placing(at, () => readReplacementFile(build, build.loader.resolve(path)))
  })
}

function readReplacementFile(build: DirectoryBuild, file: string): readonly ReplacementArgs[] {
  const value = build.context.run.data(file)
  const at: SourceLocation = { file, document: 1, pointer: '' }
  const options: DecodeOptions = { code, at, lenient: true, coerce: true }
  if (isList(value)) return decode<readonly ReplacementArgs[]>(value, { list: replacementShape }, options)
  if (isMap(value)) return [decode<ReplacementArgs>(value, replacementShape, options)]
  return refuse(code, 'a file of replacements holds one replacement or a list of them', { at })
}
