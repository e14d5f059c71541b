#!/usr/bin/env node
// Starts the program: the bundles of dist/, from V8's compiled form of them. Where none fits this Node and its options, the run
// itself leaves one behind for the next.
'use strict'
const { accessSync, constants, existsSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs')
const { resolve } = require('node:path')
const { Script } = require('node:vm')

const root = __dirname.slice(0, -'/bin'.length)
const { argv, env, execArgv, version, versions, arch } = process
const main = argv[2] === 'build' ? 'build.cjs' : 'gitops.cjs'
// Which compiled code a run wants. Without a path, validate loads the platform, as generate does; with one, where there is a platform.
const pathAlone = argv[2] === 'validate' && argv.length > 3 && !existsSync('generator/platform')
const kind = argv[2] === 'build' || pathAlone ? argv[2] : 'other'
const loaded = new Map()
// The lines that scripts/bundle.mjs has run, so that what is kept holds the functions typical work needs.
const warmUp = env.GITOPS_WARM_UP

/**
 * Optimising a function costs V8 more than most runs gain by it: it is done when a function is nine times as hot as by default.
 * Validating a hundred applications takes a quarter less processor time, a thousand as much. V8 13 has a cheaper compiler between, and is left as it is.
 */
const patience = { 11: '--interrupt-budget=600000', 12: '--invocation-count-for-turbofan=12000' }

function read(path, encoding) {
  try {
    return readFileSync(path, encoding)
  } catch {
    return undefined
  }
}

/** What a bundle exports. Bundles ask for each other as './name', for everything else as usual. */
function load(name) {
  const known = loaded.get(name)
  if (known !== undefined) return known.module.exports
  const file = `${root}/dist/${name}`
  // A bundle is one function expression, pure ASCII: a byte is a character.
  const code = read(file, 'latin1')
  if (code === undefined) throw unprepared(`${file} is missing, so the program is not prepared`)
  const cacheFile = cacheFileOf(code)
  const cachedData = existsSync(cacheFile) ? read(cacheFile) : undefined
  const script = new Script(code, { filename: file, cachedData })
  const module = { exports: {} }
  loaded.set(name, { module, script, cacheFile, compiled: cachedData !== undefined && !script.cachedDataRejected })
  script.runInThisContext()(module.exports, id => (id.startsWith('./') ? load(id.slice(2)) : require(id)), module)
  return module.exports
}

/**
 * One file for each bundle, command, Node and options of V8: what another of them compiled, V8 would reject. The id on the first
 * line of a bundle is a hash of its content, of which V8 itself compares the length alone.
 */
function cacheFileOf(code) {
  const options = [...execArgv, env.NODE_OPTIONS ?? ''].join(' ')
  let sum = 0
  for (let at = 0; at < options.length; at++) sum = (Math.imul(sum, 31) + options.charCodeAt(at)) >>> 0
  return `${root}/dist/${code.slice(2, 18)}-${kind}-${version}-${arch}-${sum.toString(16)}.cache`
}

function unprepared(problem) {
  return Object.assign(new Error(`${problem}\nRun "npm ci" (or "npm run build") in ${root}`), { unprepared: true })
}

function keepCompiled() {
  const missing = [...loaded.values()].filter(({ compiled }) => !compiled)
  if (missing.length === 0) return
  try {
    accessSync(`${root}/dist`, constants.W_OK)
    if (warmUp !== undefined) setFlags('--sparkplug')
    for (const { script, cacheFile } of missing) {
      writeFileSync(`${cacheFile}.${process.pid}`, script.createCachedData())
      renameSync(`${cacheFile}.${process.pid}`, cacheFile)
    }
  } catch {
    // A package that cannot be written to is compiled at each start.
  }
}

/** In a checkout, what moved HEAD (a pull, a switch of branches) may have changed the sources that dist/ was made of. */
function refresh() {
  const head = headStamp()
  if (head === undefined || head === read(`${root}/dist/head`, 'latin1')) return
  // While scripts/bundle.mjs tries what it has made, there is nothing to ask it.
  if (warmUp === undefined) {
    const { spawnSync } = require('node:child_process')
    const made = spawnSync(process.execPath, [`${root}/scripts/bundle.mjs`, '--if-stale'], { stdio: ['ignore', 2, 2] })
    if (made.status !== 0) throw unprepared(`${root}/dist is out of date`)
  }
  try {
    writeFileSync(`${root}/dist/head`, head)
  } catch {
    // A checkout that cannot be written to is asked about each time.
  }
}

/** Changes whenever HEAD does: when its log was written, and how long it is. Undefined outside a checkout. */
function headStamp() {
  const git = statSync(`${root}/.git`, { throwIfNoEntry: false })
  if (git === undefined) return undefined
  // In a linked worktree .git is a file that names the folder.
  const folder = git.isDirectory() ? '.git' : (read(`${root}/.git`, 'utf8') ?? '').slice('gitdir: '.length).trimEnd()
  const log = statSync(resolve(root, folder, 'logs/HEAD'), { throwIfNoEntry: false })
  return log === undefined ? undefined : `${log.mtimeMs} ${log.size}`
}

/** The option of V8 that commands run with on this Node; undefined where its own choice is best. */
function ownFlag() {
  return patience[versions.v8.split('.', 1)[0]]
}

/** Before anything is loaded: compiled code is kept for one set of V8's options. Building one directory is over too soon to gain. */
function optimiseLater() {
  const flag = ownFlag()
  if (flag !== undefined && main !== 'build.cjs') setFlags(flag)
  // With what is kept V8 notes which functions were hot enough for its first compiler, and would compile those at each start.
  if (warmUp !== undefined) setFlags('--no-sparkplug')
}

function setFlags(flags) {
  require('node:v8').setFlagsFromString(flags)
}

/** Everything was written synchronously: leaving at once loses nothing, and saves taking the heap apart. */
async function start() {
  refresh()
  optimiseLater()
  const program = load(main)
  const lines = warmUp === undefined ? [argv.slice(2)] : JSON.parse(warmUp)
  for (const line of lines) {
    argv.splice(2, argv.length, ...line)
    await program.main(root)
    if (process.exitCode > 2) process.exit()
  }
  keepCompiled()
  process.exit()
}

if (require.main !== module) {
  // The benchmark measures with the same option.
  module.exports = { ownFlag }
} else {
  start().catch(error => {
    const { unprepared, message, stack } = error
    process.stderr.write(`gitops: ${unprepared ? message : `internal error: ${stack}`}\n`)
    process.exitCode = unprepared ? 2 : 3
  })
}
