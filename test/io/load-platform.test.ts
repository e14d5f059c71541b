// Loading a platform file: its limits, its cache, and places in the files people wrote.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as authoring from '../../generator/authoring.ts'
import * as publicApi from '../../generator/index.ts'
import { diskCheckout } from '../../generator/io/checkout.ts'
import { loadPlatform, type LoadOptions } from '../../generator/io/load-platform.ts'
import { projectRoot } from '../support/run-cli.ts'
import { directoryWith, writeAll } from '../support/temporary-directory.ts'

const file = 'generator/platform/it.ts'

function load(root: string, options: Partial<LoadOptions> = {}) {
  return loadPlatform(diskCheckout(root), file, {
    packageRoot: projectRoot,
    cacheFolder: join(root, '.cache'),
    ...options,
  })
}

const texts = (text: string, more: Readonly<Record<string, string>> = {}): string =>
  directoryWith({ [file]: text, ...more })

test('what it exports by default is its value', async () => {
  const root = texts("import { n } from './more.ts'\nexport default { n: n as number }\n", {
    'generator/platform/more.ts': 'export const n: number = 7\n',
  })
  const { value, diagnostics } = await load(root)
  expect(diagnostics).toEqual([])
  expect(value?.value).toMatchObject({ n: 7 })
  expect(value?.inputs).toEqual([file, 'generator/platform/more.ts'])
})

test("what a platform is written with is imported from '@hustlex/gitops', in any repository", async () => {
  const text =
    "import { definePolicyRule, platform } from '@hustlex/gitops'\nexport default [platform.name, typeof definePolicyRule]\n"
  const { value, diagnostics } = await load(texts(text))
  expect(diagnostics).toEqual([])
  expect(value?.value).toEqual(['platform', 'function'])
  expect(value?.inputs).toEqual([file])
})

test('everything that platform files are evaluated with is named by the public API', () => {
  const missing = Object.keys(authoring).filter(name => !Object.hasOwn(publicApi, name))
  expect([missing, Object.keys(authoring).length > 20]).toEqual([[], true])
})

test('an instant that is given is a date as ever', async () => {
  const text =
    "const day = new Date('2026-01-31T00:00:00Z')\nexport default [day instanceof Date, day.toISOString(), Date.UTC(1970)]\n"
  expect((await load(texts(text))).value?.value).toEqual([true, '2026-01-31T00:00:00.000Z', 0])
})

test("work of the platform's code has the platform's limit of time", async () => {
  const text =
    'export default { spin: () => { for (;;) {} }, seven: () => 7, throws: () => { throw new Error("no") } }\n'
  const { value } = await load(texts(text), { timeLimit: 200 })
  const call = (name: string): unknown => value?.limit(() => (value.value as Record<string, () => unknown>)[name]?.())
  expect([call('spin'), call('seven')]).toEqual([{ stoppedAfter: 0.2 }, { value: 7 }])
  expect(() => call('throws')).toThrow('no')
})

test.each(['<<<<<<< HEAD', '=======', '>>>>>>> theirs'])('the mark %s of a merge is named as such', async mark => {
  const { diagnostics } = await load(texts(`export default {}\n${mark}\n`))
  expect(diagnostics).toMatchObject([
    {
      code: 'model/does-not-compile',
      message: `a conflict of a merge is not resolved: "${mark.slice(0, 7)}"`,
      at: { line: 2, column: 1 },
    },
  ])
})

describe('limits', () => {
  test.each([
    { name: 'a loop', text: 'for (;;) {}\nexport default {}\n' },
    { name: 'a loop of promises', text: 'const spin = async () => { for (;;) await 0 }\nspin()\nexport default {}\n' },
    { name: 'a regular expression that explodes', text: "/^(a+)+$/.test('a'.repeat(60) + 'b')\nexport default {}\n" },
  ])('$name ends with a diagnostic', async ({ text }) => {
    const { value, diagnostics } = await load(texts(text), { timeLimit: 300 })
    expect(value).toBeUndefined()
    expect(diagnostics).toMatchObject([{ code: 'model/never-ends', at: { file, line: 1, column: 1 } }])
  })

  test.each([
    { name: 'environment variables', text: 'export default process.env\n' },
    { name: 'the network', text: "export default fetch('http://example.com')\n" },
    { name: 'timers', text: 'export default setTimeout(() => {}, 1)\n' },
    { name: 'code made of text', text: "export default eval('1')\n" },
    { name: 'clock', text: 'export default Date.now()\n' },
    { name: 'present', text: 'export default new Date().getFullYear()\n' },
    { name: 'present as text', text: 'export default Date()\n' },
    { name: 'chance', text: 'export default Math.random()\n' },
    { name: 'way out', text: "export default this.constructor.constructor('return process')()\n" },
    { name: 'way out of its globals', text: "export default globalThis.constructor.constructor('return process')()\n" },
  ])('there is no $name', async ({ text }) => {
    expect((await load(texts(text))).diagnostics).toMatchObject([{ code: 'model/throws' }])
  })

  test('require is refused before anything runs', async () => {
    const text = "declare const require: (name: string) => unknown\nexport default require('fs')\n"
    expect((await load(texts(text))).diagnostics).toMatchObject([
      { code: 'model/does-not-compile', at: { file, line: 2 } },
    ])
  })

  test('an import that leaves the repository is refused', async () => {
    const outside = directoryWith({ 'secret.ts': 'export default 1\n' })
    const { diagnostics } = await load(
      texts(`import '../../../${outside.split('/').at(-1) ?? ''}/secret.ts'\nexport default {}\n`),
    )
    expect(diagnostics).toMatchObject([{ code: 'model/does-not-compile', at: { file, line: 1 } }])
  })
})

describe('places', () => {
  test('a mistake in an imported file is placed there', async () => {
    const { diagnostics } = await load(
      texts("import './more.ts'\nexport default {}\n", {
        'generator/platform/more.ts': 'const a: number = 1\n\n  const = 2\n',
      }),
    )
    expect(diagnostics).toMatchObject([
      { code: 'model/does-not-compile', at: { file: 'generator/platform/more.ts', line: 3, column: 9 } },
    ])
  })

  test('what an imported file throws is placed where it is thrown', async () => {
    const more =
      'export function check(value: string): void {\n  interface Gone { a: 1 }\n  throw new Error(`no ${value}`)\n}\n'
    const { diagnostics } = await load(
      texts("import { check } from './more.ts'\ncheck('x')\nexport default {}\n", {
        'generator/platform/more.ts': more,
      }),
    )
    expect(diagnostics).toMatchObject([
      {
        code: 'model/throws',
        message: 'the model throws: "no x"',
        at: { file: 'generator/platform/more.ts', line: 3, column: 9 },
      },
    ])
  })

  test.each(["throw 'text'", 'throw null', 'throw { odd: 1 }'])('%s is a diagnostic too', async text => {
    expect((await load(texts(`${text}\nexport default {}\n`))).diagnostics).toMatchObject([{ code: 'model/throws' }])
  })
})

describe('cache', () => {
  const entry = (root: string): string => join(root, '.cache', readdirSync(join(root, '.cache'))[0] ?? '')

  test('a second load is taken from the cache, whatever esbuild would say', async () => {
    const root = texts('export default { n: 1 }\n')
    await load(root)
    writeFileSync(entry(root), readFileSync(entry(root), 'utf8').replace('n: 1', 'n: 2'))
    expect((await load(root)).value?.value).toMatchObject({ n: 2 })
  })

  test('a change of an imported file, or of the file itself, is noticed', async () => {
    const root = texts("import { n } from './more.ts'\nexport default { n }\n", {
      'generator/platform/more.ts': 'export const n = 1\n',
    })
    await load(root)
    writeAll(root, { 'generator/platform/more.ts': 'export const n = 2\n' })
    expect((await load(root)).value?.value).toMatchObject({ n: 2 })
    writeAll(root, { [file]: 'export default { n: 3 }\n' })
    expect((await load(root)).value?.value).toMatchObject({ n: 3 })
  })

  test.each(['', '{', '{}', 'null', '{"inputs":[],"hashes":[]}'])('an entry that says %j is no harm', async text => {
    const root = texts('export default { n: 1 }\n')
    await load(root)
    writeFileSync(entry(root), text)
    expect((await load(root)).value?.value).toMatchObject({ n: 1 })
  })

  test('many loads at once agree', async () => {
    const root = texts('export default { n: 1 }\n')
    const loaded = await Promise.all(Array.from({ length: 8 }, async () => load(root)))
    expect(loaded.map(({ value }) => value?.value)).toEqual(Array.from({ length: 8 }, () => ({ n: 1 })))
    expect(readdirSync(join(root, '.cache'))).toHaveLength(1)
  })

  test('a folder that cannot be written is no failure', async () => {
    const root = texts('export default { n: 1 }\n', { blocked: '' })
    expect((await load(root, { cacheFolder: join(root, 'blocked/below') })).value?.value).toMatchObject({ n: 1 })
  })
})
