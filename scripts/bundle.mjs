// Makes dist/: the program as bundles of CommonJS, and V8's compiled form of them, so that starting `gitops` compiles nothing.
// Runs after `npm ci` (npm's "postinstall") and by `npm run build`. With --if-stale, as bin/gitops.cjs runs it in a checkout whose HEAD
// has moved, only where a source is not what it was.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sampleFiles } from './bundle-sample.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')

/** Needed by some runs only, and large: each is a bundle of its own, read when the first of its exports is used. */
const onDemand = {
  '@marcbachmann/cel-js': 'cel-js.cjs',
  'fastest-levenshtein': 'levenshtein.cjs',
  re2js: 're2js.cjs',
  yaml: 'yaml.cjs',
}

if (!process.argv.includes('--if-stale') || isStale()) await make()

async function make() {
  mkdirSync(dist, { recursive: true })
  for (const name of readdirSync(dist)) if (name.endsWith('.cache')) rmSync(join(dist, name), { force: true })
  const inputs = new Set([
    ...(await bundle('gitops.cjs', { entryPoints: ['generator/cli/main.ts'] })),
    // `build` is what people wait for most often and needs least: it gets a bundle of its own.
    ...(await bundle('build.cjs', { entryPoints: ['generator/cli/main.ts'], plugins: [onlyCommand('build')] })),
  ])
  for (const [name, file] of Object.entries(onDemand)) {
    await bundle(file, { stdin: { contents: `export * from '${name}'`, resolveDir: root } })
  }
  warmUpAll()
  place('inputs.json', JSON.stringify(digests([...inputs].filter(input => !input.startsWith('node_modules/')))))
}

/** One file of the program; returns the sources it was made of. */
async function bundle(name, { plugins = [], ...entry }) {
  const { build } = await import('esbuild')
  const { outputFiles, metafile } = await build({
    ...entry,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // esbuild is a program of its own, started only when a platform file has to be compiled.
    external: ['esbuild'],
    plugins: [...plugins, ...('entryPoints' in entry ? [packagesOnDemand()] : [])],
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    // import() of what is external becomes require(): a script compiled by node:vm has no loader of its own.
    supported: { 'dynamic-import': false },
    legalComments: 'none',
    // One byte per character, for Node to read and V8 to keep.
    charset: 'ascii',
    logLevel: 'warning',
    metafile: true,
    write: false,
  })
  // esbuild leaves what is not ASCII in regular expressions, where an escape means the same; a bundle of pure ASCII is read a byte
  // per character, which halves the time to start.
  const code = outputFiles[0].text.replace(
    /[\u0080-\uffff]/g,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const id = hash(code).slice(0, 16)
  place(name, `//${id}\n(function(exports,require,module){${code}\n})`)
  return Object.keys(metafile.inputs).filter(input => existsSync(join(root, input)))
}

/** Leaves out all commands but one; the loader never asks such a bundle for them. */
function onlyCommand(kept) {
  return {
    name: 'only-command',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/commands\// }, ({ path }) =>
        path === `./commands/${kept}.ts` ? undefined : { path: './gitops.cjs', external: true },
      )
    },
  }
}

/** A package's exports as getters that read its bundle. */
function packagesOnDemand() {
  return {
    name: 'packages-on-demand',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^[@a-z]/ }, ({ path }) => (path in onDemand ? { path, namespace: 'on-demand' } : undefined))
      onLoad({ filter: /./, namespace: 'on-demand' }, async ({ path }) => {
        // From Node 23 on, what is CommonJS has "module.exports" among its names.
        const names = Object.keys(await import(path)).filter(name => name !== 'default' && name !== 'module.exports')
        const getters = names.map(name => `get ${name}() { return load().${name} }`).join()
        return {
          contents: `let it\nconst load = () => (it ??= require('./${onDemand[path]}'))\nmodule.exports = { ${getters} }`,
        }
      })
      onResolve({ filter: /^\.\//, namespace: 'on-demand' }, ({ path }) => ({ path, external: true }))
    },
  }
}

/** The caches are written by runs that have just done typical work, so that they hold the functions such work needs. */
function warmUpAll() {
  const sample = mkdtempSync(join(tmpdir(), 'gitops-sample-'))
  try {
    const [small, own, plain] = ['small', 'own', 'plain'].map(folder => join(sample, folder))
    for (const [path, text] of Object.entries(sampleFiles())) {
      mkdirSync(dirname(join(small, path)), { recursive: true })
      writeFileSync(join(small, path), text)
    }
    const smallOnes = [
      ['validate', small],
      ['validate', small, '--format', 'json'],
    ]
    cpSync(join(root, 'generator'), join(own, 'generator'), { recursive: true })
    // A repository of its own, wherever temporary directories are, that keeps its compiled platform to itself.
    for (const folder of ['.git', 'node_modules']) mkdirSync(join(own, folder))
    warmUp(own, [
      ['generate'],
      ['generate', '--check'],
      ['validate'],
      ['validate', 'k8s/overlays/production'],
      ...smallOnes,
    ])
    // What the platform renders, without the platform, is what other repositories look like.
    for (const folder of ['base', 'overlays']) copyIfThere(join(own, 'k8s', folder), join(plain, folder))
    const overlay = join(plain, 'overlays/production')
    warmUp(sample, [
      ['build', overlay],
      ['build', join(small, 'overlay')],
    ])
    warmUp(sample, [['validate', overlay], ...smallOnes])
  } finally {
    rmSync(sample, { recursive: true, force: true })
  }
}

function copyIfThere(from, to) {
  if (existsSync(from)) cpSync(from, to, { recursive: true })
}

function warmUp(cwd, lines) {
  const run = spawnSync(process.execPath, [join(root, 'bin/gitops.cjs'), ...lines[0]], {
    cwd,
    env: { ...process.env, GITOPS_WARM_UP: JSON.stringify(lines) },
    encoding: 'utf8',
  })
  // The platform of a checkout may be broken; the program may not.
  if (run.status === null || run.status > 2) throw new Error(`the bundle does not work:\n${run.stdout}${run.stderr}`)
}

/** Whether a source is not what dist/ was made of. */
function isStale() {
  try {
    const known = JSON.parse(readFileSync(join(dist, 'inputs.json'), 'utf8'))
    const now = digests(Object.keys(known))
    const changed = Object.keys(known).filter(path => known[path] !== now[path])
    if (changed.length === 0) return false
  } catch {
    // Made by an older version of this script, or not at all.
  }
  process.stderr.write('gitops: the sources are not those that dist/ was made of, so it is made again\n')
  return true
}

function digests(paths) {
  return Object.fromEntries(
    ['package-lock.json', 'scripts/bundle.mjs', 'scripts/bundle-sample.mjs', ...paths].flatMap(path =>
      existsSync(join(root, path)) ? [[path, hash(readFileSync(join(root, path))).slice(0, 16)]] : [],
    ),
  )
}

function hash(content) {
  return createHash('sha256').update(content).digest('hex')
}

function place(name, text) {
  const temporary = join(dist, `.${name}.${process.pid}`)
  writeFileSync(temporary, text)
  renameSync(temporary, join(dist, name))
}
