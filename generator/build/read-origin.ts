// The annotations about origins that an earlier build left in the user's files, read back.
// Follows api/resource/origin.go.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import type { Origin } from './origin-annotation.ts'
import { parseData } from './run.ts'
import { decode, type Shape } from './struct-decoder.ts'

const originShape: Shape = {
  fields: {
    path: 'string',
    repo: 'string',
    ref: 'string',
    configuredIn: 'string',
    configuredBy: { fields: { apiVersion: 'string', kind: 'string', name: 'string', namespace: 'string' } },
  },
}

/** Where the object came from; refused where the text is of another structure. */
export function originFrom(text: string, at: SourceLocation): Origin {
  return decodeReport<Origin | undefined>(text, originShape, at) ?? {}
}

/** What transformed it, oldest first; none for an empty text. */
export function transformationsFrom(text: string, at: SourceLocation): readonly Origin[] {
  if (text === '') return []
  return decodeReport<readonly Origin[] | undefined>(text, { list: originShape }, at) ?? []
}

function decodeReport<T>(text: string, shape: Shape, at: SourceLocation): T {
  return decode<T>(parseData(text, at.file), shape, {
    code: 'kustomize/not-an-object',
    at,
    lenient: true,
    coerce: true,
  })
}
