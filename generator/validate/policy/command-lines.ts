// The command lines that a container runs: its own, and those of its probes and hooks.

import type { Container } from '../../manifest/pod-template.ts'
import { child } from '../../manifest/pointer.ts'
import { asList, asString, isMap, type YamlValue } from '../../manifest/value.ts'

export interface CommandLine {
  readonly words: readonly string[]
  /** Place of the list of words. */
  readonly pointer: string
}

/** `command` and `args`, and the `exec` of each probe and hook. */
export function commandLinesOf(container: Container): readonly CommandLine[] {
  const found: CommandLine[] = []
  const add = (value: YamlValue | undefined, ...path: readonly string[]): void => {
    const words = asList(value)
    if (words.length === 0) return
    found.push({ words: words.map(word => asString(word) ?? ''), pointer: child(container.pointer, ...path) })
  }
  add(container.spec['command'], 'command')
  add(container.spec['args'], 'args')
  for (const { spec, path } of container.handlers) {
    if (isMap(spec['exec'])) add(spec['exec']['command'], ...path, 'exec', 'command')
  }
  return found
}
