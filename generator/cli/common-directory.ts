// Where several paths of a tree meet.

import { posix } from 'node:path'

/** The nearest directory that holds all of the directories; undefined where only the tree's top does, or there is none. */
export function commonDirectory(directories: readonly string[]): string | undefined {
  const [first, ...others] = directories
  if (first === undefined) return undefined
  const holdsAll = (directory: string): boolean =>
    others.every(other => other === directory || other.startsWith(`${directory}/`))
  let common = first
  while (common !== '.' && !holdsAll(common)) common = posix.dirname(common)
  return common === '.' ? undefined : common
}
