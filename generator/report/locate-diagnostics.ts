// Symbolic places to lines and columns, once, after everything has run: a clean run never gets here.
// Also merges what several environments share, sorts, and cuts the code frames.

import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.ts'
import { isBinary } from '../manifest/file-tree.ts'
import { locatePointers, type Position } from '../manifest/locate-pointer.ts'
import { redactLines, redactMessage } from './redact.ts'
import type { CodeFrame, LocatedDiagnostic, LocatedPlace } from './report.ts'

export interface Sources {
  /** Text of a file, or undefined where there is none. */
  readonly read: (file: string) => string | undefined
  /** The file a place in a rendered object comes from; undefined where the builder cannot say. */
  readonly originOf?: (at: SourceLocation) => SourceLocation | undefined
  /** The model entry behind a place in a generated file. */
  readonly declaredAt?: (diagnostic: Diagnostic) => SourceLocation | undefined
  /** How a file is named in reports; as in the tree where absent. */
  readonly display?: (file: string) => string
}

const kustomizationFiles = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

/** Places found, duplicates merged, in the order file, line, column, code. */
export function locateDiagnostics(diagnostics: readonly Diagnostic[], sources: Sources): readonly LocatedDiagnostic[] {
  const declared = diagnostics.map(diagnostic => withOrigin(diagnostic, sources))
  const locate = locator(declared.flatMap(placesOf), sources)
  const merged = new Map<string, LocatedDiagnostic>()
  for (const diagnostic of declared) {
    const found = locateOne(diagnostic, locate)
    const key = JSON.stringify([found.code, found.severity, found.message, found.at])
    const same = merged.get(key)
    merged.set(
      key,
      same === undefined ? found : { ...same, environments: union(same.environments, found.environments) },
    )
  }
  const withFrame = framer(sources)
  return [...merged.values()]
    .sort(compareDiagnostics)
    .map(withFrame)
    .map(found => displayed(found, sources.display))
}

function withOrigin(diagnostic: Diagnostic, { declaredAt }: Sources): Diagnostic {
  if (diagnostic.origin !== undefined || declaredAt === undefined) return diagnostic
  const origin = declaredAt(diagnostic)
  return origin === undefined ? diagnostic : { ...diagnostic, origin }
}

function placesOf({ at, origin, related = [] }: Diagnostic): readonly SourceLocation[] {
  return [at, ...(origin === undefined ? [] : [origin]), ...related.map(other => other.at)]
}

function locateOne({ at, origin, related, environment, ...rest }: Diagnostic, locate: Locate): LocatedDiagnostic {
  return {
    ...rest,
    message: redactMessage({ ...rest, at }),
    environments: environment === undefined ? [] : [environment],
    at: locate(at),
    ...(origin === undefined ? {} : { origin: locate(origin) }),
    ...(related === undefined ? {} : { related: related.map(other => ({ at: locate(other.at), note: other.note })) }),
  }
}

type Locate = (at: SourceLocation) => LocatedPlace

/** Finds all places of a run at once: each file is read again at most once, and only when something in it was found. */
function locator(places: readonly SourceLocation[], sources: Sources): Locate {
  const known = new Map<string, LocatedPlace>()
  const byFile = new Map<string, { readonly key: string; readonly place: SourceLocation }[]>()
  for (const rendered of places) {
    const key = JSON.stringify(rendered)
    if (known.has(key)) continue
    const place = toFile(rendered, sources)
    known.set(key, { ...place, line: place.line ?? 1, column: place.column ?? 1 })
    if (place.line !== undefined) continue
    const wanted = byFile.get(place.file)
    if (wanted === undefined) byFile.set(place.file, [{ key, place }])
    else wanted.push({ key, place })
  }
  for (const [file, wanted] of byFile) {
    const positions = positionsIn(
      sources.read(file),
      wanted.map(({ place }) => place),
    )
    for (const [index, { key, place }] of wanted.entries())
      known.set(key, { ...place, ...(positions[index] ?? { line: 1, column: 1 }) })
  }
  return rendered => known.get(JSON.stringify(rendered)) ?? { ...rendered, line: 1, column: 1 }
}

/** A text too broken to be read again has no better place than its beginning. */
function positionsIn(text: string | undefined, places: readonly SourceLocation[]): readonly Position[] {
  if (text === undefined) return []
  try {
    return locatePointers(text, places)
  } catch {
    return []
  }
}

function displayed(found: LocatedDiagnostic, display: Sources['display']): LocatedDiagnostic {
  if (display === undefined) return found
  const show = (at: LocatedPlace): LocatedPlace => ({ ...at, file: display(at.file) })
  return {
    ...found,
    at: show(found.at),
    ...(found.origin === undefined ? {} : { origin: show(found.origin) }),
    ...(found.related === undefined ? {} : { related: found.related.map(({ at, note }) => ({ at: show(at), note })) }),
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

/** Adds code frames; a file is cut into lines, and its secrets are hidden, once for all that was found in it. */
function framer(sources: Sources): (found: LocatedDiagnostic) => LocatedDiagnostic {
  const known = new Map<string, FramedFile | undefined>()
  return found => {
    const { file } = found.at
    if (!known.has(file)) known.set(file, framedFile(file, sources.read(file)))
    const framed = known.get(file)
    const frame = framed === undefined ? undefined : cutFrame(framed, found)
    return frame === undefined ? found : { ...found, frame }
  }
}

interface FramedFile {
  readonly lines: readonly string[]
  /** The lines as they may be shown beside a finding about a Secret, and beside any other. */
  readonly shown: (aboutSecret: boolean) => readonly string[]
}

function framedFile(file: string, text: string | undefined): FramedFile | undefined {
  if (text === undefined) return undefined
  const lines = text.split('\n').map(one => one.replace(/\r$/, ''))
  const redacted = new Map<boolean, readonly string[]>()
  return {
    lines,
    shown(aboutSecret) {
      let shown = redacted.get(aboutSecret)
      if (shown === undefined) redacted.set(aboutSecret, (shown = redactLines(file, lines, aboutSecret)))
      return shown
    },
  }
}

const longestLine = 160

function cutFrame({ lines, shown }: FramedFile, { at, resource }: LocatedDiagnostic): CodeFrame | undefined {
  const { line, column, on } = at
  const own = lines[line - 1]
  if (own === undefined || isUnprintable(own)) return undefined
  const first = Math.max(1, line - 2)
  const cut = shown(resource?.kind === 'Secret').slice(first - 1, line)
  const rest = (cut.at(-1) ?? '').slice(column - 1, column - 1 + longestLine)
  const word =
    on === 'key' ? /^["']?[^:"']*["']?/.exec(rest)?.[0] : /^("[^"]*"|'[^']*'|[^#\s][^#]*?)(?=\s*(#|$))/.exec(rest)?.[0]
  return {
    firstLine: first,
    lines: cut.map(one => one.slice(0, longestLine)),
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
