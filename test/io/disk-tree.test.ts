// A tree on disk, listed as a whole and a directory at a time.

import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskTree } from '../../generator/io/disk-tree.ts'
import { filesUnder } from '../../generator/manifest/file-tree.ts'
import { directoryWith } from '../support/temporary-directory.ts'

test.each([
  { directory: '', files: ['a.yaml', 'b/c.yaml', 'b/d/e.yaml', 'b/d/g.yaml', 'bb.yaml', 'link.yaml'] },
  { directory: 'b', files: ['b/c.yaml', 'b/d/e.yaml', 'b/d/g.yaml'] },
  { directory: 'b/d', files: ['b/d/e.yaml', 'b/d/g.yaml'] },
  { directory: 'empty', files: [] },
  { directory: 'missing', files: [] },
  { directory: 'a.yaml', files: [] },
  { directory: 'linked', files: [] },
  { directory: 'linked/d', files: [] },
  { directory: 'node_modules', files: [] },
  { directory: 'node_modules/p', files: [] },
  { directory: '..', files: [] },
])('the files of "$directory" are those that listing everything finds there', ({ directory, files }) => {
  const root = directoryWith({
    'a.yaml': '',
    'b/c.yaml': '',
    'b/d/e.yaml': '',
    'b/d/g.yaml': '',
    'bb.yaml': '',
    'node_modules/p/f.yaml': '',
  })
  mkdirSync(join(root, 'empty'))
  symlinkSync('b', join(root, 'linked'))
  symlinkSync('a.yaml', join(root, 'link.yaml'))
  const listed = new Map([...diskTree(root).keys()].map(path => [path, '']))
  expect(filesUnder(diskTree(root), directory)).toEqual(files)
  expect(filesUnder(listed, directory)).toEqual(files)
})
