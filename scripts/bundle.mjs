// Makes dist/: the whole program in one CommonJS file, and V8's compiled form of it, so that starting `gitops` compiles nothing.
// Runs after `npm ci` (npm's "postinstall") and by `npm run build`.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')

mkdirSync(dist, { recursive: true })
for (const name of readdirSync(dist)) if (name.endsWith('.cache')) rmSync(join(dist, name))
// `build` is what people wait for most often and needs least: it gets a bundle of its own.
await bundle('build.cjs', /^build$/)
await bundle('gitops.cjs', /./)

// The caches are written by runs that have just done typical work, so that they hold the functions such work needs.
const sample = mkdtempSync(join(tmpdir(), 'gitops-sample-'))
try {
  for (const [path, text] of Object.entries(sampleFiles())) {
    mkdirSync(dirname(join(sample, path)), { recursive: true })
    writeFileSync(join(sample, path), text)
  }
  warmUp([['build', join(sample, 'overlay')]])
  warmUp([
    ['validate', sample, '--only', 'schema,reference,policy,pod-security'],
    ['validate', sample, '--format', 'json'],
    ...(existsSync(join(root, 'generator/platform')) ? [['generate', '--check']] : []),
  ])
} finally {
  rmSync(sample, { recursive: true, force: true })
}

/** One file of the program, with the commands whose names match. */
async function bundle(name, commands) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['generator/cli/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // esbuild is a program of its own, started only when a platform file has to be compiled.
    external: ['esbuild'],
    plugins: [withoutCommands(commands), celOnDemand()],
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    // import() of what is external becomes require(): a script compiled by node:vm has no loader of its own.
    supported: { 'dynamic-import': false },
    legalComments: 'none',
    // One byte per character, for Node to read and V8 to keep.
    charset: 'ascii',
    logLevel: 'warning',
    write: false,
  })
  // esbuild leaves what is not ASCII in regular expressions, where an escape means the same; a bundle of pure ASCII is read a byte
  // per character, which halves the time to start.
  const code = outputFiles[0].text.replace(
    /[\u0080-\uffff]/g,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const id = createHash('sha256').update(code).digest('hex').slice(0, 16)
  place(name, `//${id}\n${code}`)
}

/** Leaves out the commands whose names do not match; the loader never asks such a bundle for them. */
function withoutCommands(kept) {
  return {
    name: 'without-commands',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/commands\// }, ({ path }) => {
        const [, name] = /([a-z-]+)\.ts$/.exec(path)
        return kept.test(name) ? undefined : { path: './gitops.cjs', external: true }
      })
    },
  }
}

/** The parser of CEL builds its tables as soon as it is read: it is read when the first expression is. */
function celOnDemand() {
  return {
    name: 'cel-on-demand',
    setup({ onLoad, onResolve, resolve }) {
      const real = 'cel-js-itself'
      onResolve({ filter: /^@marcbachmann\/cel-js$/ }, ({ path, pluginData }) =>
        pluginData === real ? undefined : { path, namespace: 'on-demand' },
      )
      onResolve({ filter: new RegExp(`^${real}$`) }, () =>
        resolve('@marcbachmann/cel-js', { kind: 'import-statement', resolveDir: root, pluginData: real }),
      )
      onLoad({ filter: /./, namespace: 'on-demand' }, () => ({
        contents: `export class Environment { constructor(options) { return new (require('${real}').Environment)(options) } }`,
        resolveDir: root,
      }))
    },
  }
}

function warmUp(lines) {
  const run = spawnSync(process.execPath, [join(root, 'bin/gitops.cjs'), ...lines[0]], {
    cwd: root,
    env: { ...process.env, GITOPS_WRITE_CODE_CACHE: JSON.stringify(lines) },
    encoding: 'utf8',
  })
  if (run.status === null || run.status > 1) throw new Error(`the bundle does not work:\n${run.stdout}${run.stderr}`)
}

function place(name, text) {
  const temporary = join(dist, `.${name}.${process.pid}`)
  writeFileSync(temporary, text)
  renameSync(temporary, join(dist, name))
}

function sampleFiles() {
  return {
    'base/kustomization.yaml':
      'resources:\n- app.yaml\nlabels:\n- pairs:\n    app: a\n  includeSelectors: true\nconfigMapGenerator:\n- name: c\n  literals:\n  - a=b\n',
    'base/app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: a
        image: "a:1"
        envFrom:
        - configMapRef:
            name: c
---
apiVersion: v1
kind: Service
metadata:
  name: a
spec:
  ports:
  - port: 80 # the only one
`,
    'overlay/kustomization.yaml':
      'resources:\n- ../base\nnamespace: example\nnamePrefix: p-\nimages:\n- name: a\n  newTag: "2"\npatches:\n- path: patch.yaml\n- target:\n    kind: Service\n  patch: |-\n    - op: add\n      path: /metadata/annotations\n      value: {a: b}\n',
    'overlay/patch.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        resources:\n          limits:\n            cpu: 100m\n',
  }
}
