// A platform file (TypeScript) and all it imports to one script, by esbuild. Files of the repository come out of the given tree, so
// that the hook compiles what is staged; packages come from the disk. Node's own modules are refused: a model is a pure value.

import { posix } from 'node:path'
import type { Message, Plugin } from 'esbuild'
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts'
import type { FileTree } from '../manifest/file-tree.ts'

export interface CompileOptions {
  readonly root: string
  readonly tree: FileTree
  readonly file: string
  /** Where `@hustlex/gitops` is. */
  readonly packageRoot: string
}

export interface CompiledPlatform {
  readonly code: string
  /** Source map, JSON. */
  readonly map: string
  /** Everything that was read: `tree:` and `file:` paths. */
  readonly inputs: readonly string[]
}

/** Global name of the script's exports. */
export const exportsName = '__gitopsPlatform'

export async function compilePlatform(options: CompileOptions): Promise<Result<CompiledPlatform | undefined>> {
  const esbuild = await import('esbuild')
  try {
    const { outputFiles, metafile } = await esbuild.build({
      absWorkingDir: options.root,
      entryPoints: [`tree:${options.file}`],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: exportsName,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      target: 'node20',
      sourcemap: 'external',
      sourcesContent: false,
      outfile: 'platform.js',
      metafile: true,
      legalComments: 'none',
      tsconfigRaw: '{}',
      logLevel: 'silent',
      plugins: [readFromTree(options)],
    })
    const textOf = (suffix: string): string => outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? ''
    const inputs = Object.keys(metafile.inputs).map(input => (input.startsWith('tree:') ? input : `file:${input}`))
    return { value: { code: textOf('platform.js'), map: textOf('platform.js.map'), inputs }, diagnostics: [] }
  } catch (error) {
    const { errors } = error as { errors?: readonly Message[] }
    if (errors === undefined) throw error
    return { value: undefined, diagnostics: errors.map(message => toDiagnostic(message, options.file)) }
  }
}

function readFromTree({ tree, root, packageRoot }: CompileOptions): Plugin {
  // Loaded when a platform is compiled: most runs find it compiled already.
  const builtin = new Set(process.getBuiltinModule('node:module').builtinModules)
  const ownPackage = packageRoot === root ? 'generator/authoring.ts' : undefined
  return {
    name: 'read-from-tree',
    setup(build) {
      build.onResolve({ filter: /^tree:/ }, ({ path }) => ({ path: path.slice('tree:'.length), namespace: 'tree' }))
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, namespace }) => {
        if (namespace !== 'tree') return undefined
        const found = resolveInTree(tree, posix.join(posix.dirname(importer), path))
        return found === undefined
          ? { errors: [{ text: `no file "${path}" is imported from "${importer}"` }] }
          : { path: found, namespace: 'tree' }
      })
      build.onResolve({ filter: /^@hustlex\/gitops$/ }, () =>
        ownPackage === undefined
          ? { path: posix.join(packageRoot, 'generator/authoring.ts') }
          : { path: ownPackage, namespace: 'tree' },
      )
      build.onResolve({ filter: /^[^.]/ }, ({ path, namespace }) => {
        if (path.startsWith('node:') || builtin.has(path)) {
          return { errors: [{ text: `a platform is a pure value and cannot import "${path}"` }] }
        }
        if (namespace !== 'tree') return undefined
        return build.resolve(path, { resolveDir: root, kind: 'import-statement', namespace: 'file' })
      })
      build.onLoad({ filter: /.*/, namespace: 'tree' }, ({ path }) => ({
        contents: tree.get(path) ?? '',
        loader: loaderOf(path),
      }))
    },
  }
}

function resolveInTree(tree: FileTree, path: string): string | undefined {
  const candidates = [
    path,
    path.replace(/\.js$/, '.ts'),
    path.replace(/\.mjs$/, '.mts'),
    `${path}.ts`,
    `${path}/index.ts`,
  ]
  return candidates.find(candidate => tree.has(candidate))
}

function loaderOf(path: string): 'ts' | 'json' | 'text' | 'js' {
  if (/\.[mc]?ts$/.test(path)) return 'ts'
  if (path.endsWith('.json')) return 'json'
  return /\.[mc]?js$/.test(path) ? 'js' : 'text'
}

function toDiagnostic({ text, location }: Message, file: string): Diagnostic {
  const at =
    location === null
      ? { file, line: 1, column: 1 }
      : { file: location.file.replace(/^tree:/, ''), line: location.line, column: location.column + 1 }
  const lineText = location?.lineText ?? ''
  const isConflict = /^(?:<{7}|={7}|>{7})(?:\s|$)/.test(lineText)
  return {
    code: 'model/does-not-compile',
    severity: 'error',
    message: isConflict ? `a conflict of a merge is not resolved: "${lineText.slice(0, 7)}"` : lowerFirst(text),
    at: { ...at, ...(isConflict ? { column: 1 } : {}), document: 1, pointer: '' },
    help: isConflict
      ? 'Keep one side, and remove the lines "<<<<<<<", "=======" and ">>>>>>>".'
      : 'Correct the TypeScript at this place; "npx tsc --noEmit" shows every mistake of the model at once.',
  }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
