// The platform a repository declares: found, compiled (or taken from the cache), and evaluated in a context of its own that has no
// access to disk, network, environment or clock, and a limit of time. What goes wrong there is a diagnostic with the model's own place.

import type { SourceMap } from 'node:module'
import { createContext, Script } from 'node:vm'
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts'
import type { Limit } from '../validate/own-rules/run-own-rule.ts'
import type { Checkout } from './checkout.ts'
import { compilePlatform, exportsName, type CompiledPlatform } from './compile-platform.ts'
import { keepCompiled, readCompiled } from './platform-cache.ts'

export interface LoadedPlatform {
  /** The default export; whoever asked knows its type. */
  readonly value: unknown
  readonly file: string
  /** Files of the repository it was made from, sorted. */
  readonly inputs: readonly string[]
  /** Diagnostics that name places of the compiled script, as places of the model's files. */
  readonly mapPlaces: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[]
  /** Calls what the platform's code defined under the limit of time that the platform itself had. */
  readonly limit: Limit
}

export interface LoadOptions {
  readonly packageRoot: string
  /** Milliseconds the evaluation may take. */
  readonly timeLimit?: number
  readonly cacheFolder?: string
}

/** Ample for a model of thousands of components; a model that needs more never ends. */
export const modelTimeLimit = 10_000

const scriptName = 'gitops-platform.js'

/** Loads the platform file of a checkout. The value is undefined where there are diagnostics. */
export async function loadPlatform(
  checkout: Checkout,
  file: string,
  options: LoadOptions,
): Promise<Result<LoadedPlatform | undefined>> {
  const compile = { root: checkout.root, tree: checkout.tree, file, packageRoot: options.packageRoot }
  let compiled = readCompiled(compile, options.cacheFolder)
  if (compiled === undefined) {
    const fresh = await compilePlatform(compile)
    if (fresh.value === undefined) return { value: undefined, diagnostics: fresh.diagnostics }
    compiled = fresh.value
    keepCompiled(compiled, compile, options.cacheFolder)
  }
  return evaluate(compiled, file, options.timeLimit ?? modelTimeLimit)
}

function evaluate(compiled: CompiledPlatform, file: string, timeLimit: number): Result<LoadedPlatform | undefined> {
  const mapPlaces = placeMapper(compiled)
  const context = createContext(Object.create(null) as object, {
    name: 'platform',
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  })
  try {
    withoutClock.runInContext(context)
    const script = new Script(`${compiled.code}\n;${exportsName}.default`, { filename: scriptName })
    const value: unknown = script.runInContext(context, { timeout: timeLimit })
    if (value === undefined) return { value: undefined, diagnostics: [noDefaultExport(file)] }
    const inputs = compiled.inputs
      .flatMap(input => (input.startsWith('tree:') ? [input.slice('tree:'.length)] : []))
      .sort()
    return { value: { value, file, inputs, mapPlaces, limit: limitIn(context, timeLimit) }, diagnostics: [] }
  } catch (error) {
    return { value: undefined, diagnostics: mapPlaces([failure(error, file, timeLimit)]) }
  }
}

/** Dates of given instants stay; the present, and chance, are not the same on every machine. */
const withoutClock = new Script(`{
  const refuse = what => () => { throw new Error(what + ' is not the same in every run: a platform is a pure value') }
  const now = refuse('the clock')
  globalThis.Date = new Proxy(Date, {
    apply: now,
    construct: (target, given, self) => given.length === 0 ? now() : Reflect.construct(target, given, self),
    get: (target, key) => key === 'now' ? now : Reflect.get(target, key),
  })
  Math.random = refuse('chance')
}`)

const work = new Script('__gitopsWork()')

function limitIn(context: object, timeLimit: number): Limit {
  return <T>(task: () => T) => {
    const done: { value: T }[] = []
    Object.assign(context, { __gitopsWork: () => void done.push({ value: task() }) })
    try {
      work.runInContext(context, { timeout: timeLimit })
    } catch (error) {
      if (isTimeout(error)) return { stoppedAfter: timeLimit / 1000 }
      throw error
    }
    const [outcome] = done
    if (outcome === undefined) throw new Error('the work was not done')
    return outcome
  }
}

function isTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | null | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

function noDefaultExport(file: string): Diagnostic {
  return {
    code: 'model/no-default-export',
    severity: 'error',
    message: `"${file}" has no default export`,
    at: { file, document: 1, pointer: '', line: 1, column: 1 },
    help: 'End the file with "export default platform(…)".',
  }
}

function failure(error: unknown, file: string, timeLimit: number): Diagnostic {
  const { message, stack } = (typeof error === 'object' && error !== null ? error : {}) as {
    message?: string
    stack?: string
  }
  if (isTimeout(error)) {
    return {
      code: 'model/never-ends',
      severity: 'error',
      message: `the model did not finish within ${timeLimit / 1000} seconds`,
      at: { file, document: 1, pointer: '', line: 1, column: 1 },
      help: 'Look for a loop that never ends in the files the platform imports.',
    }
  }
  const frame = /gitops-platform\.js:(\d+):(\d+)/.exec(stack ?? '')
  const at = { document: 1, pointer: '' }
  return {
    code: 'model/throws',
    severity: 'error',
    message: `the model throws: "${message ?? String(error)}"`,
    at:
      frame === null
        ? { ...at, file, line: 1, column: 1 }
        : { ...at, file: scriptName, line: Number(frame[1]), column: Number(frame[2]) },
    help: 'Correct the model at this place: it is evaluated without access to disk, environment or clock.',
  }
}

function parseMap(map: string): SourceMap {
  const { SourceMap: Reader } = process.getBuiltinModule('node:module')
  return new Reader(JSON.parse(map) as ConstructorParameters<typeof Reader>[0])
}

/** The source map is read only when there is something to map. */
function placeMapper({ map }: CompiledPlatform): LoadedPlatform['mapPlaces'] {
  let parsed: SourceMap | undefined
  const mapPlace = <T extends Diagnostic['at']>(at: T): T => {
    if (at.file !== scriptName) return at
    parsed ??= parseMap(map)
    const entry = parsed.findEntry((at.line ?? 1) - 1, (at.column ?? 1) - 1)
    if (!('originalSource' in entry)) return at
    return {
      ...at,
      file: entry.originalSource.replace(/^tree:/, ''),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    }
  }
  return diagnostics =>
    diagnostics.map(diagnostic => ({
      ...diagnostic,
      at: mapPlace(diagnostic.at),
      ...(diagnostic.origin === undefined ? {} : { origin: mapPlace(diagnostic.origin) }),
      ...(diagnostic.related === undefined
        ? {}
        : { related: diagnostic.related.map(({ at, note }) => ({ at: mapPlace(at), note })) }),
    }))
}
