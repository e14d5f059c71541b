#!/usr/bin/env node
// Starts the bundle from V8's compiled form of it, where dist/ holds one made by this version of Node.
'use strict'
const { readFileSync, renameSync, writeFileSync } = require('node:fs')
const { Script } = require('node:vm')

const root = __dirname.slice(0, -'/bin'.length)
const file = `${root}/dist/gitops.cjs`

function read(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

const source = read(file)
if (source === undefined) {
  process.stderr.write(
    `gitops: ${file} is missing, so the program is not prepared\nRun "npm ci" (or "npm run build") in ${root}\n`,
  )
  process.exit(2)
}
const code = source.toString('utf8')
// The id on the first line is a hash of the content: V8 itself compares only lengths.
const cacheFile = `${root}/dist/${code.slice(2, 18)}-${process.version}-${process.arch}.cache`
const cachedData = read(cacheFile)
const script = new Script(`(function(exports,require,module){${code}\n})`, {
  filename: file,
  cachedData,
})
const bundle = { exports: {} }
script.runInThisContext()(bundle.exports, require, bundle)
const done = bundle.exports.main(root)
if (process.env.GITOPS_WRITE_CODE_CACHE === '1') {
  done.then(() => {
    writeFileSync(`${cacheFile}.${process.pid}`, script.createCachedData())
    renameSync(`${cacheFile}.${process.pid}`, cacheFile)
  })
}
