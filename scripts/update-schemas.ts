// `npm run schemas:update [-- --check]`: makes schemas/ anew from the pinned packages; with --check, only compares.
// Needs a network (npm pack); running it twice gives the same bytes.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildAll } from './schemas/build-all.ts'

const root = path.join(import.meta.dirname, '..', 'schemas')

function main(check: boolean): number {
  let changed = 0
  for (const [name, text] of buildAll()) {
    const file = path.join(root, name)
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
    changed += 1
    console.log(`${check ? 'differs' : 'written'}: schemas/${name}`)
    if (check) continue
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  if (changed === 0) console.log('schemas/ is up to date')
  return check && changed > 0 ? 1 : 0
}

process.exitCode = main(process.argv.includes('--check'))
