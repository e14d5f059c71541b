// Downloads a pinned package with `npm pack`, checks its digest, and unpacks it under the system's temporary folder.
// Nothing of the package is run. A failed download is an error: a schema is never made from half its sources.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { $ } from 'zx'
import type { PinnedPackage } from './packages.ts'

/** The unpacked package's folder. */
export function fetchPackage(pinned: PinnedPackage): string {
  const label = `${pinned.name.replace('@', '').replaceAll('/', '-')}-${pinned.version}`
  const folder = path.join(tmpdir(), 'gitops-schema-sources', label)
  if (existsSync(path.join(folder, 'package.json'))) return folder
  const work = `${folder}.${process.pid}`
  rmSync(work, { recursive: true, force: true })
  mkdirSync(path.join(work, 'package'), { recursive: true })
  void $.sync({ cwd: work })`npm pack ${`${pinned.name}@${pinned.version}`} --ignore-scripts --silent --pack-destination ${work}`
  const tarball = readdirSync(work).find(name => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error(`npm pack gave no tarball for ${pinned.name}@${pinned.version}`)
  verify(readFileSync(path.join(work, tarball)), pinned)
  void $.sync`tar xzf ${path.join(work, tarball)} -C ${path.join(work, 'package')} --strip-components=1`
  if (existsSync(folder)) rmSync(folder, { recursive: true })
  renameSync(path.join(work, 'package'), folder)
  rmSync(work, { recursive: true, force: true })
  return folder
}

function verify(tarball: Uint8Array, { name, version, integrity }: PinnedPackage): void {
  const digest = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
  if (digest !== integrity) throw new Error(`${name}@${version} is not the pinned tarball: got ${digest}`)
}
