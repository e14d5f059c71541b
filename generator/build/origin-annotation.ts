// The annotations that `buildMetadata: [originAnnotations, transformerAnnotations]` adds, and their text.
// Follows api/resource/origin.go.

import { printDocuments } from '../manifest/print-yaml.ts'

/** Where an object came from, or what transformed it, as kustomize reports it. */
export interface Origin {
  readonly path?: string
  readonly repo?: string
  readonly ref?: string
  readonly configuredIn?: string
  readonly configuredBy?: {
    readonly apiVersion: string
    readonly kind: string
    readonly name?: string
    readonly namespace?: string
  }
}

export const originAnnotation = 'config.kubernetes.io/origin'
export const transformationsAnnotation = 'alpha.config.kubernetes.io/transformations'

export function originText(origin: Origin): string {
  return originLines(origin).join('\n') + '\n'
}

export function transformationsText(transformations: readonly Origin[]): string {
  return (
    transformations
      .map(origin =>
        originLines(origin)
          .map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`))
          .join('\n'),
      )
      .join('\n') + '\n'
  )
}

function originLines(origin: Origin): readonly string[] {
  const { configuredBy } = origin
  const lines: string[] = []
  for (const key of ['path', 'repo', 'ref', 'configuredIn'] as const) {
    const value = origin[key]
    if (value !== undefined && value !== '') lines.push(`${key}: ${scalar(value)}`)
  }
  if (configuredBy !== undefined) {
    lines.push('configuredBy:')
    for (const key of ['apiVersion', 'kind', 'name', 'namespace'] as const) {
      const value = configuredBy[key]
      if (value !== undefined && value !== '') lines.push(`  ${key}: ${scalar(value)}`)
    }
  }
  return lines
}

function scalar(text: string): string {
  return printDocuments([text]).trimEnd()
}
