// The key-value pairs of ConfigMap and Secret generators: env files, literals, files, in that order.
// Follows api/kv/kv.go and api/internal/generators/utils.go.

import { child } from '../../manifest/pointer.ts'
import type { SourceLocation } from '../../diagnostics/diagnostic.ts'
import { placing, refuse } from '../build-fault.ts'
import type { FileLoader } from '../file-loader.ts'
import type { GeneratorArgs } from '../kustomization-file.ts'

/** A pair and the place that gave it. */
export interface KeyValue {
  readonly key: string
  readonly value: string
  readonly from: SourceLocation
  /** A line of an env file without `=`: kustomize takes the value from the environment of whoever builds (api/kv/kv.go). */
  readonly borrowed?: true
}

const code = 'kustomize/generator-source'

/** All pairs of a generator; a key given twice is refused. */
export function readKeyValues(loader: FileLoader, args: GeneratorArgs, at: SourceLocation): readonly KeyValue[] {
  const place = (field: string, index: number): SourceLocation => ({ ...at, pointer: child(at.pointer, field, index) })
  const envs = [...(args.envs ?? []), ...(args.env === undefined || args.env === '' ? [] : [args.env])]
  const pairs = [
    ...envs.flatMap((path, index) => {
      const from =
        index < (args.envs?.length ?? 0) ? place('envs', index) : { ...at, pointer: child(at.pointer, 'env') }
      return placing(from, () => readEnvFile(loader, path))
    }),
    ...(args.literals ?? []).map((literal, index) => readLiteral(literal, place('literals', index))),
    ...(args.files ?? []).map((source, index) => placing(place('files', index), () => readFile(loader, source))),
  ]
  const seen = new Set<string>()
  for (const { key, from } of pairs) {
    if (seen.has(key)) {
      refuse(code, `the generator "${args.name ?? ''}" repeats the key "${key}"`, {
        at: from,
        help: 'Keep one of the two.',
      })
    }
    seen.add(key)
  }
  return pairs
}

/** Beyond this, Go's line scanner gives up and kustomize ignores the rest of the file. */
const longestLine = 65_536

function readEnvFile(loader: FileLoader, path: string): readonly KeyValue[] {
  const file = loader.resolve(path)
  const pairs: KeyValue[] = []
  const lines = loader.text(file).split('\n')
  for (const [index, line] of lines.entries()) {
    if (Buffer.byteLength(line) >= longestLine) break
    const text = (index === 0 ? line.replace(/^\uFEFF/, '') : line).replace(/\r$/, '').replace(/^[\s\u0085]+/, '')
    if (text === '' || text.startsWith('#')) continue
    const equals = text.indexOf('=')
    const from = { file, document: 1, pointer: '', line: index + 1, column: 1 }
    const key = equals < 0 ? text : text.slice(0, equals)
    if (key === '') continue
    // Built without any environment, as everywhere: what a kustomize would find in its own is not in the repository.
    pairs.push(equals < 0 ? { key, value: '', from, borrowed: true } : { key, value: text.slice(equals + 1), from })
  }
  return pairs
}

function readLiteral(literal: string, from: SourceLocation): KeyValue {
  const equals = literal.indexOf('=')
  if (equals <= 0) {
    refuse(code, `invalid literal source "${literal}", expected key=value`, {
      at: from,
      help: 'Write it as key=value.',
    })
  }
  return { key: literal.slice(0, equals), value: withoutQuotes(literal.slice(equals + 1)), from }
}

function withoutQuotes(text: string): string {
  const first = text[0]
  const quoted = text.length > 1 && first === text.at(-1) && (first === '"' || first === "'")
  return quoted ? text.slice(1, -1) : text
}

function readFile(loader: FileLoader, source: string): KeyValue {
  const parts = source.split('=')
  if (parts.length > 2) refuse(code, `"${source}" has more than one "="`, { help: 'Write it as key=path.' })
  const [first = '', second] = parts
  if (second !== undefined && first === '')
    refuse(code, `"${source}" lacks the key before "="`, { help: 'Write it as key=path.' })
  if (second === '') refuse(code, `"${source}" lacks the path after "="`, { help: 'Write it as key=path.' })
  const path = second ?? first
  const file = loader.resolve(path)
  const value = loader.text(file)
  const key = second === undefined ? (path.replace(/\/+$/, '').split('/').at(-1) ?? path) : first
  return { key, value, from: { file, document: 1, pointer: '' } }
}
