// How the program starts: with and without compiled code, in a checkout that has moved on, and with readers that are slow or gone.

import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { git, hustlexRepository } from '../support/hustlex-repository.ts'
import { prepared, preparedPackage, skipNote } from '../support/prepared-package.ts'
import { projectRoot } from '../support/run-cli.ts'
import { directoryWith, writeAll } from '../support/temporary-directory.ts'

const app = {
  'base/kustomization.yaml': 'resources: [app.yaml]\nconfigMapGenerator:\n- name: c\n  literals: [a=b]\n',
  'base/app.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 80\n',
  'overlay/kustomization.yaml': 'resources: [../base]\nnamespace: example\n',
}

function start(program: string, argv: readonly string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [program, ...argv], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  })
}

describe.skipIf(!prepared)(`compiled code${skipNote}`, () => {
  const overlay = (): string => join(directoryWith(app), 'overlay')
  const expected = (directory: string): string =>
    start(join(projectRoot, 'bin/gitops.cjs'), ['build', directory]).stdout

  test('a run without it works, and leaves it for the next, which changes nothing', () => {
    const { program, root, caches } = preparedPackage({ compiled: false })
    const directory = overlay()
    expect(caches()).toEqual([])
    expect(start(program, ['build', directory]).stdout).toBe(expected(directory))
    const [made = '', ...more] = caches()
    expect({ made, more }).toMatchObject({ made: expect.stringContaining('-build-') as string, more: [] })
    const before = statSync(join(root, 'dist', made)).mtimeMs
    expect(start(program, ['build', directory]).stdout).toBe(expected(directory))
    expect(statSync(join(root, 'dist', made)).mtimeMs).toBe(before)
  })

  test.each([
    { name: 'empty', content: '' },
    { name: 'no compiled code', content: 'hello'.repeat(1000) },
  ])('what is $name is replaced', ({ content }) => {
    const { program, root, caches } = preparedPackage()
    const directory = overlay()
    const [name = ''] = caches().filter(file => file.includes('-build-'))
    writeFileSync(join(root, 'dist', name), content)
    expect(start(program, ['build', directory]).stdout).toBe(expected(directory))
    expect(statSync(join(root, 'dist', name)).size).toBeGreaterThan(100_000)
  })

  test('is never that of another bundle', () => {
    const { program, root, caches } = preparedPackage()
    const directory = overlay()
    const bundle = join(root, 'dist/build.cjs')
    const text = readFileSync(bundle, 'latin1')
    expect(text).toContain('takes no value, got')
    // As long as before, so that V8 itself would take it for the same.
    const changed = text.replaceAll('takes no value, got', 'takes no value: sure').replace(/^\/\/./, '//_')
    writeFileSync(bundle, changed, 'latin1')
    const known = caches()
    expect(start(program, ['build', '--debug=1', directory]).stderr).toContain('takes no value: sure')
    expect(start(program, ['build', directory]).status).toBe(0)
    expect(caches().length).toBe(known.length + 1)
  })

  test('V8 with other options has its own', () => {
    const { program, caches } = preparedPackage()
    const directory = overlay()
    const before = caches()
    const other = { NODE_OPTIONS: '--max-old-space-size=512' }
    expect(start(program, ['build', directory], other).stdout).toBe(expected(directory))
    expect(caches()).toHaveLength(before.length + 1)
    expect(start(program, ['build', directory], other).stdout).toBe(expected(directory))
    expect(start(program, ['build', directory]).stdout).toBe(expected(directory))
    expect(caches()).toHaveLength(before.length + 1)
  })

  test('is that of V8 as it is for build, and that of an option for the rest, where V8 compiles too early', () => {
    const { root, caches } = preparedPackage()
    const idOf = (bundle: string): string => readFileSync(join(root, 'dist', bundle), 'latin1').slice(2, 18)
    /** Whether V8 as it starts, without the program's option, takes what scripts/bundle.mjs has left. */
    const fitsDefaults = (bundle: string, kind: string): boolean => {
      const [cache = ''] = caches().filter(name => name.startsWith(`${idOf(bundle)}-${kind}-`))
      const code = `const [code, cachedData] = [${JSON.stringify(bundle)}, ${JSON.stringify(cache)}]
  .map((name, at) => require('node:fs').readFileSync('dist/' + name, at === 0 ? 'latin1' : undefined))
process.exitCode = new (require('node:vm').Script)(code, { cachedData }).cachedDataRejected ? 1 : 0`
      const { status, stderr } = spawnSync(process.execPath, ['--eval', code], { cwd: root, encoding: 'utf8' })
      expect({ cache, stderr }).toEqual({ cache: expect.stringMatching(/./) as string, stderr: '' })
      return status === 0
    }
    const early = Number(process.versions.v8.split('.')[0]) < 13
    expect({
      build: fitsDefaults('build.cjs', 'build'),
      validate: fitsDefaults('gitops.cjs', 'validate'),
      other: fitsDefaults('gitops.cjs', 'other'),
    }).toEqual({ build: true, validate: !early, other: !early })
  })

  test('a package that cannot be written to works without it', () => {
    const { program, root, caches } = preparedPackage()
    const directory = overlay()
    const [name = ''] = caches().filter(file => file.includes('-build-'))
    // A directory in its place can be neither read nor replaced, whoever runs the test.
    rmSync(join(root, 'dist', name))
    mkdirSync(join(root, 'dist', name, 'in-the-way'), { recursive: true })
    const { stdout, stderr, status } = start(program, ['build', directory])
    expect({ stdout, stderr, status }).toEqual({ stdout: expected(directory), stderr: '', status: 0 })
  })
})

describe.skipIf(!prepared)(`an unprepared package${skipNote}`, () => {
  test('says what to do, and looks like no finding', () => {
    const { program, root } = preparedPackage()
    rmSync(join(root, 'dist'), { recursive: true })
    const { status, stderr } = start(program, ['validate'])
    expect(status).toBe(2)
    expect(stderr).toContain('npm ci')
  })

  test('a bundle that is damaged is a fault of the program, and looks like no finding either', () => {
    const { program, root } = preparedPackage()
    writeFileSync(join(root, 'dist/gitops.cjs'), '//0123456789abcdef\n(function(){')
    expect(start(program, ['validate']).status).toBe(3)
  })
})

describe.skipIf(!prepared)(`a checkout${skipNote}`, () => {
  /** A checkout whose scripts/bundle.mjs only notes how it was called. */
  function checkout(exitCode: number): { program: string; root: string; calls: () => string } {
    const { root, program } = preparedPackage()
    const log = join(root, 'calls')
    writeAll(root, {
      calls: '',
      '.gitignore': 'dist\ncalls\n',
      'scripts/bundle.mjs': `import { appendFileSync } from 'node:fs'
appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(' ') + ';')
process.exitCode = ${exitCode}\n`,
    })
    git(root, 'init', '--quiet')
    git(root, 'add', '--all')
    git(root, 'commit', '--quiet', '--message', 'one')
    return { program, root, calls: () => readFileSync(log, 'utf8') }
  }

  test('asks whether dist/ is up to date once after each move of HEAD', () => {
    const { program, root, calls } = checkout(0)
    expect(start(program, ['--version']).status).toBe(0)
    expect(start(program, ['--version']).status).toBe(0)
    expect(calls()).toBe('--if-stale;')
    git(root, 'commit', '--quiet', '--allow-empty', '--message', 'two')
    expect(start(program, ['--version']).status).toBe(0)
    expect(start(program, ['--version']).status).toBe(0)
    expect(calls()).toBe('--if-stale;--if-stale;')
    const linked = join(root, 'linked')
    git(root, 'worktree', 'add', '--quiet', linked)
    cpSync(join(root, 'dist'), join(linked, 'dist'), { recursive: true })
    expect(start(join(linked, 'bin/gitops.cjs'), ['--version']).status).toBe(0)
    expect(start(join(linked, 'bin/gitops.cjs'), ['--version']).status).toBe(0)
    expect(calls()).toBe('--if-stale;--if-stale;--if-stale;')
  })

  test('never runs what it could not bring up to date', () => {
    const { program } = checkout(1)
    const { status, stdout, stderr } = start(program, ['--version'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('out of date')
  })
})

describe.skipIf(!prepared)(`output${skipNote}`, () => {
  const many = Array.from(
    { length: 4000 },
    (_, i) => `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c-${i}\n`,
  )
  const large = { 'kustomization.yaml': 'resources: [many.yaml]\n', 'many.yaml': many.join('') }
  const program = join(projectRoot, 'bin/gitops.cjs')

  test('is complete for a reader that takes its time', async () => {
    const directory = directoryWith(large)
    const whole = start(program, ['build', directory]).stdout
    expect(whole.length).toBeGreaterThan(200_000)
    const child = spawn(process.execPath, [program, 'build', directory], { stdio: ['ignore', 'pipe', 'inherit'] })
    const closed = new Promise(resolve => child.on('close', resolve))
    await new Promise(resolve => setTimeout(resolve, 1500))
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    expect(await closed).toBe(0)
    expect(Buffer.concat(chunks).toString('utf8')).toBe(whole)
  })

  test('nobody reads is no success, and no stack trace either', () => {
    const command = `"${process.execPath}" "${program}" build "${directoryWith(large)}" 2>&1 | head -c 10; echo ":\${PIPESTATUS[0]}"`
    expect(spawnSync('bash', ['-c', command], { encoding: 'utf8' }).stdout).toBe('apiVersion:2\n')
  })

  test('to a closed standard error still ends with the code of what happened', () => {
    const run = `sleep 0.2; "${process.execPath}" "${program}" build /nowhere 2>&1 >/dev/null; echo $? >&3`
    expect(spawnSync('bash', ['-c', `exec 3>&1; { ${run}; } | true`], { encoding: 'utf8' }).stdout).toBe('2\n')
  })
})

describe.skipIf(!prepared)(`a small run${skipNote}`, () => {
  /** Node's own modules, and the files of dist/, that a run reads. */
  function reads(
    argv: readonly string[],
    cwd = projectRoot,
  ): { modules: readonly string[]; bundles: readonly string[] } {
    const directory = directoryWith({
      'watch.cjs': `const fs = require('node:fs')
const before = new Set(process.moduleLoadList)
const { readFileSync, writeFileSync } = fs
const read = []
fs.readFileSync = (path, ...rest) => (read.push(String(path)), readFileSync(path, ...rest))
process.on('exit', () => writeFileSync(${'process.env.SEEN'}, JSON.stringify({
  modules: process.moduleLoadList.filter(name => !before.has(name)),
  bundles: read.filter(path => /dist.[\\w-]+\\.cjs$/.test(path)).map(path => path.replace(/.*[\\\\/]/, '')),
})))\n`,
    })
    const seen = join(directory, 'seen')
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--require', join(directory, 'watch.cjs'), program, ...argv],
      { cwd, encoding: 'utf8', env: { ...process.env, SEEN: seen } },
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    return JSON.parse(readFileSync(seen, 'utf8')) as ReturnType<typeof reads>
  }
  const program = join(projectRoot, 'bin/gitops.cjs')
  /** Each takes Node milliseconds to load. */
  const costly =
    /NativeModule (child_process|crypto|fs\/promises|module|net|os|perf_hooks|stream|tty|url|worker_threads)$/

  /** V8's options bring streams along, and pay for them. */
  const paidFor = Number(process.versions.v8.split('.')[0]) < 13 ? ['NativeModule stream'] : []

  test('build reads one bundle, and none of the modules of Node that take time', () => {
    const { modules, bundles } = reads(['build', join(directoryWith(app), 'overlay')])
    expect(bundles).toEqual(['build.cjs'])
    expect(modules.filter(name => costly.test(name))).toEqual([])
  })

  test('validate reads one bundle, and starts no process', () => {
    const { modules, bundles } = reads(['validate', join(directoryWith(app), 'overlay')])
    expect(bundles).toEqual(['gitops.cjs'])
    expect(modules.filter(name => costly.test(name))).toEqual(paidFor)
  })

  test('validate of a whole repository starts no process, once its platform is compiled', () => {
    const root = hustlexRepository()
    git(root, 'remote', 'add', 'origin', 'https://git.example/elsewhere.git')
    start(program, ['validate', root])
    const { modules } = reads(['validate'], root)
    expect(modules.filter(name => costly.test(name))).toEqual(paidFor)
  })
})
