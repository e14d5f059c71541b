// Paths as `buildMetadata` reports them.

/** A path seen from the directory the build started with; it may begin with `..`. */
export function joinOrigin(directory: string | undefined, path: string): string {
  const joined = directory === undefined || directory === '' ? path : `${directory}/${path}`
  const parts: string[] = []
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}
