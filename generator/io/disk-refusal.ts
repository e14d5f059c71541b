// What the disk refuses, in words a user can act on.

import { unreadable } from './unreadable-input.ts'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EISDIR: 'a directory is in the way',
  ENOTDIR: 'a file is in the way of a directory',
  EEXIST: 'a file is in the way of a directory',
  ENOTEMPTY: 'a directory is in the way',
  ENAMETOOLONG: 'the name is too long',
}

/** The error to throw instead: exit code 2 where the disk is at fault, the error itself where it is something else. */
export function diskRefusal(error: unknown, root: string, help: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException
  const reason = code === undefined ? undefined : reasons[code]
  if (reason === undefined) return error
  const shown = (path ?? '').replace(`${root}/`, '').replace(/\.gitops-new$/, '')
  return unreadable('repository/not-writable', shown, `"${shown}" cannot be written: ${reason}`, help)
}
