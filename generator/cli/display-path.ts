// How files are named in what a person reads: from the repository's root; outside any repository, from the current directory.

import { relative, resolve, sep } from 'node:path'

export function displayPath(root: string, cwd: string): (file: string) => string {
  if (root !== resolve('/')) return file => file
  return file => relative(cwd, resolve(root, file)).split(sep).join('/') || '.'
}
