// Symbolic places to lines and columns, once, after everything has run: a clean run never gets here.
// Also merges what several environments share, sorts, and cuts the code frames.

import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.ts'
import { isBinary } from '../manifest/file-tree.ts'
import { locatePointer } from '../manifest/locate-pointer.ts'
import { redactLines, redactMessage } from './redact.ts'
import type { CodeFrame, LocatedDiagnostic, LocatedPlace } from './report.ts'

export interface Sources {
  /** Text of a file, or undefined where there is none. */
  readonly read: (file: string) => string | undefined
  /** The file a place in a rendered object comes from; undefined where the builder cannot say. */
  readonly originOf?: (at: SourceLocation) => SourceLocation | undefined
  /** The model entry behind a place in a generated file. */
  readonly declaredAt?: (diagnostic: Diagnostic) => SourceLocation | undefined
}

const kustomizationFiles = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

/** Places found, duplicates merged, in the order file, line, column, code. */
export function locateDiagnostics(diagnostics: readonly Diagnostic[], sources: Sources): readonly LocatedDiagnostic[] {
  const locate = locator(sources)
  const merged = new Map<string, LocatedDiagnostic>()
  for (const diagnostic of diagnostics) {
    const found = locateOne(diagnostic, sources, locate)
    const key = JSON.stringify([found.code, found.severity, found.message, found.at])
    const same = merged.get(key)
    merged.set(
      key,
      same === undefined ? found : { ...same, environments: union(same.environments, found.environments) },
    )
  }
  return [...merged.values()].sort(compareDiagnostics).map(found => withFrame(found, sources))
}

function locateOne(diagnostic: Diagnostic, sources: Sources, locate: Locate): LocatedDiagnostic {
  const { at, origin: givenOrigin, related, environment, ...rest } = diagnostic
  const origin = givenOrigin ?? sources.declaredAt?.(diagnostic)
  return {
    ...rest,
    message: redactMessage(diagnostic),
    environments: environment === undefined ? [] : [environment],
    at: locate(at),
    ...(origin === undefined ? {} : { origin: locate(origin) }),
    ...(related === undefined ? {} : { related: related.map(other => ({ at: locate(other.at), note: other.note })) }),
  }
}

type Locate = (at: SourceLocation) => LocatedPlace

function locator(sources: Sources): Locate {
  const known = new Map<string, LocatedPlace>()
  return rendered => {
    const key = JSON.stringify(rendered)
    const before = known.get(key)
    if (before !== undefined) return before
    const place = toFile(rendered, sources)
    const text = place.line === undefined ? sources.read(place.file) : undefined
    const found = text === undefined ? { line: place.line ?? 1, column: place.column ?? 1 } : positionIn(text, place)
    const located = { ...place, ...found }
    known.set(key, located)
    return located
  }
}

/** A text too broken to be read again has no better place than its beginning. */
function positionIn(text: string, { document, pointer, on }: SourceLocation): { line: number; column: number } {
  try {
    return locatePointer(text, document, pointer, on)
  } catch {
    return { line: 1, column: 1 }
  }
}

/** The file behind a place in a rendered object: where the builder knows no better, the directory's own kustomization. */
function toFile(at: SourceLocation, sources: Sources): SourceLocation {
  if (at.line !== undefined || sources.read(at.file) !== undefined) return at
  const origin = sources.originOf?.(at)
  if (origin !== undefined) return origin
  const directory = at.file === '.' || at.file === '' ? '' : `${at.file}/`
  const file = kustomizationFiles.map(name => directory + name).find(path => sources.read(path) !== undefined)
  return file === undefined ? at : { file, document: 1, pointer: '' }
}

function withFrame(found: LocatedDiagnostic, sources: Sources): LocatedDiagnostic {
  const text = sources.read(found.at.file)
  const frame = text === undefined ? undefined : cutFrame(text, found)
  return frame === undefined ? found : { ...found, frame }
}

const longestLine = 160

function cutFrame(text: string, found: LocatedDiagnostic): CodeFrame | undefined {
  const { line, column, on, file } = found.at
  const all = text.split('\n').map(one => one.replace(/\r$/, ''))
  const own = all[line - 1]
  if (own === undefined || isUnprintable(own)) return undefined
  const first = Math.max(1, line - 2)
  const shown = redactLines(file, all, found).slice(first - 1, line)
  const rest = (shown.at(-1) ?? '').slice(column - 1)
  const word =
    on === 'key' ? /^["']?[^:"']*["']?/.exec(rest)?.[0] : /^("[^"]*"|'[^']*'|[^#\s][^#]*?)(?=\s*(#|$))/.exec(rest)?.[0]
  return {
    firstLine: first,
    lines: shown.map(one => one.slice(0, longestLine)),
    width: Math.max(1, Math.min(word?.length ?? 1, longestLine)),
  }
}

/** Control characters, and bytes that are no text. */
function isUnprintable(line: string): boolean {
  return line
    .split('')
    .some(sign => (sign < ' ' && sign !== '\t') || (sign >= '\udc80' && sign <= '\udcff' && isBinary(line)))
}

function union(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])].sort()
}

/** File, line, column, code; then message, so that the order never depends on who found it first. */
function compareDiagnostics(a: LocatedDiagnostic, b: LocatedDiagnostic): number {
  return (
    compare(a.at.file, b.at.file) ||
    a.at.line - b.at.line ||
    a.at.column - b.at.column ||
    compare(a.code, b.code) ||
    compare(a.message, b.message) ||
    compare(a.environments.join(), b.environments.join())
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
