#!/usr/bin/env node
// Starts the bundle from V8's compiled form of it, where dist/ holds one made by this version of Node.
'use strict'
const { readFileSync, renameSync, writeFileSync } = require('node:fs')
const { Script } = require('node:vm')

const root = __dirname.slice(0, -'/bin'.length)
const file = `${root}/dist/${process.argv[2] === 'build' ? 'build' : 'gitops'}.cjs`

function read(path, encoding) {
  try {
    return readFileSync(path, encoding)
  } catch {
    return undefined
  }
}

// The bundle is pure ASCII: a byte is a character.
const code = read(file, 'latin1')
if (code === undefined) {
  process.stderr.write(
    `gitops: ${file} is missing, so the program is not prepared\nRun "npm ci" (or "npm run build") in ${root}\n`,
  )
  process.exit(2)
}
// The id on the first line is a hash of the content: V8 itself compares only lengths.
const cacheFile = `${root}/dist/${code.slice(2, 18)}-${process.version}-${process.arch}.cache`
const cachedData = read(cacheFile)
const script = new Script(`(function(exports,require,module){${code}\n})`, { filename: file, cachedData })
const bundle = { exports: {} }
script.runInThisContext()(bundle.exports, require, bundle)

const warmUp = process.env.GITOPS_WRITE_CODE_CACHE
if (warmUp === undefined) bundle.exports.main(root)
else writeCodeCache(JSON.parse(warmUp))

async function writeCodeCache(lines) {
  for (const line of lines) {
    process.argv.splice(2, process.argv.length, ...line)
    await bundle.exports.main(root)
    if (process.exitCode > 1) return
  }
  writeFileSync(`${cacheFile}.${process.pid}`, script.createCachedData())
  renameSync(`${cacheFile}.${process.pid}`, cacheFile)
}
