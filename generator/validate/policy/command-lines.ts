// The command lines that a container runs: its own, and those of its probes and hooks.

import type { Container } from '../../manifest/pod-template.ts'
import { child } from '../../manifest/pointer.ts'
import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'

export interface CommandLine {
  readonly words: readonly string[]
  /** Place of the list of words. */
  readonly pointer: string
}

export interface Handler {
  readonly spec: YamlMap
  readonly pointer: string
}

const places: readonly (readonly string[])[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
]

/** `command` and `args`, and the `exec` of each probe and hook. */
export function commandLinesOf(container: Container): readonly CommandLine[] {
  const own = ['command', 'args'].map(field => lineOf(container.spec[field], child(container.pointer, field)))
  const handled = handlersOf(container).map(({ spec, pointer }) =>
    lineOf(asMap(spec['exec'])['command'], child(pointer, 'exec', 'command')),
  )
  return [...own, ...handled].filter(({ words }) => words.length > 0)
}

/** The probes and hooks that are set. */
export function handlersOf({ spec, pointer }: Container): readonly Handler[] {
  return places.flatMap(place => {
    let found = spec
    for (const field of place) found = asMap(found[field])
    return Object.keys(found).length === 0 ? [] : [{ spec: found, pointer: child(pointer, ...place) }]
  })
}

function lineOf(value: YamlMap[string] | undefined, pointer: string): CommandLine {
  return { words: asList(value).map(word => asString(word) ?? ''), pointer }
}
