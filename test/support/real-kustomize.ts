// The real Kustomize, where one is installed: what our own builder is compared with. Tests that need it say so when they skip.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export interface RealKustomize {
  readonly name: string
  /** Builds a directory on disk; throws where the real one fails. */
  readonly build: (directory: string) => string
}

/** Every real binary found: kustomize itself, and the one inside kubectl. */
export function realKustomizes(): readonly RealKustomize[] {
  const found = [...firstOf('kustomize', ['build']), ...firstOf('kubectl', ['kustomize'])]
  if (found.length === 0)
    process.stderr.write('SKIPPED: neither kustomize nor kubectl is installed; nothing was compared\n')
  return found
}

function firstOf(program: string, command: readonly string[]): readonly RealKustomize[] {
  const places = [...(process.env['PATH'] ?? '').split(':'), join(homedir(), 'go', 'bin')]
  const binary = places.map(place => join(place, program)).find(existsSync)
  if (binary === undefined) return []
  const build = (directory: string): string =>
    execFileSync(binary, [...command, directory], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  return [{ name: program, build }]
}
