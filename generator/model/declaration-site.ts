// Where in the platform file something was declared. The stack is captured when a declaration is made and read only when a
// finding has to name the place, so a clean run pays next to nothing.

/** Both count from 1; `file` is whatever the stack names: a path or a file: URL. */
export interface SourcePosition {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A captured stack; opaque to everyone but `sitePosition`. */
export interface DeclarationSite {
  readonly stack?: string
}

/** Remembers the caller of `declare`. */
// eslint-disable-next-line typescript/no-unsafe-function-type -- the shape Error.captureStackTrace takes
export function captureSite(declare: (...parameters: never[]) => unknown): DeclarationSite {
  const site: DeclarationSite = {}
  Error.captureStackTrace(site, declare)
  return site
}

/** The file, line and column of a captured declaration, or undefined when the stack names none. */
export function sitePosition(site: DeclarationSite): SourcePosition | undefined {
  const frame = site.stack?.split('\n').find(line => line.trimStart().startsWith('at '))
  const match = frame?.match(/\(?((?:file:\/\/)?[^()\s]+):(\d+):(\d+)\)?$/)
  if (!match?.[1]) return undefined
  return { file: match[1], line: Number(match[2]), column: Number(match[3]) }
}
