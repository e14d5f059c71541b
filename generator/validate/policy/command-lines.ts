// The command lines that a container runs: its own, and those of its probes and hooks.

import { handlersOf, type Container } from '../../manifest/pod-template.ts'
import { child } from '../../manifest/pointer.ts'
import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'

export interface CommandLine {
  readonly words: readonly string[]
  /** Place of the list of words. */
  readonly pointer: string
}

/** `command` and `args`, and the `exec` of each probe and hook. */
export function commandLinesOf(container: Container): readonly CommandLine[] {
  const own = ['command', 'args'].map(field => lineOf(container.spec[field], child(container.pointer, field)))
  const handled = handlersOf(container.spec).map(({ spec, path }) =>
    lineOf(asMap(spec['exec'])['command'], child(container.pointer, ...path, 'exec', 'command')),
  )
  return [...own, ...handled].filter(({ words }) => words.length > 0)
}

function lineOf(value: YamlMap[string] | undefined, pointer: string): CommandLine {
  return { words: asList(value).map(word => asString(word) ?? ''), pointer }
}
