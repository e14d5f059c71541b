// Paths inside volumes: they lead down, never out.
// Follows pkg/apis/core/validation/validation.go (validateLocalDescendingPath, ValidateLocalNonReservedPath).

/** Whether a path steps up. */
export function hasBackstep(path: string): boolean {
  return path.includes('..') && path.split('/').includes('..')
}

/** A relative path without `..`. */
export function descendingPathFault(path: string): string | undefined {
  if (path.startsWith('/')) return 'must be relative'
  return hasBackstep(path) ? 'must not contain ".."' : undefined
}

/** A relative path that also leaves alone the names the kubelet reserves (`..data`). */
export function fileNameFault(path: string): string | undefined {
  return descendingPathFault(path) ?? (path.startsWith('..') ? 'must not start with ".."' : undefined)
}
