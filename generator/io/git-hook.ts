// The pre-commit hook as a file: where Git looks for it, what stood there before, and the script that runs both.

import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { runGit } from './run-git.ts'
import { unreadable } from './unreadable-input.ts'

const marker = '# gitops pre-commit hook'
const keptSuffix = '.before-gitops'

export interface InstalledHook {
  readonly path: string
  readonly outcome: 'installed' | 'updated' | 'unchanged'
  /** Where the hook that was there before is kept, and run first. */
  readonly kept?: string
}

/** The repository of a directory: the top of its working tree. */
export function workingTreeRoot(directory: string): string {
  const answer = runGit(directory, ['rev-parse', '--show-toplevel'])
  if (answer.ok) return answer.text.replace(/\r?\n$/, '')
  throw unreadable(
    'repository/no-git',
    '',
    'this is not the working tree of a Git repository',
    'Run it inside one ("git init" makes one), with git installed.',
  )
}

/** Writes the hook where Git looks for it. A hook that is already there is kept and run first. */
export function installHook(root: string, packageRoot: string): InstalledHook {
  const folder = hookFolder(root)
  const path = join(folder, 'pre-commit')
  const script = hookScript(candidates(root, packageRoot, folder))
  const present = lstatSync(path, { throwIfNoEntry: false })
  const before = present === undefined ? undefined : readFileSync(path, 'utf8')
  if (before === script) return { path, outcome: 'unchanged', ...keptBeside(path) }
  try {
    mkdirSync(folder, { recursive: true })
    if (before !== undefined && !before.includes(marker)) keep(path)
    const temporary = `${path}.${process.pid}`
    writeFileSync(temporary, script)
    chmodSync(temporary, 0o755)
    renameSync(temporary, path)
  } catch (error) {
    throw unreadable(
      'repository/not-writable',
      path,
      `the hook cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      'Make the hooks directory writable.',
    )
  }
  return { path, outcome: before?.includes(marker) === true ? 'updated' : 'installed', ...keptBeside(path) }
}

/** Git's own answer, which knows core.hooksPath and worktrees. Husky's generated folder is passed over for the one people write to. */
function hookFolder(root: string): string {
  const scope = runGit(root, ['config', '--show-scope', '--get', 'core.hooksPath'])
  if (scope.ok && /^(global|system)\t/.test(scope.text)) {
    throw unreadable(
      'repository/shared-hooks',
      '',
      `core.hooksPath is set for every repository of this user: "${scope.text.trim().split('\t')[1] ?? ''}"`,
      'Set it for this repository alone ("git config core.hooksPath .githooks"), or call "gitops hook run" from your own hook.',
    )
  }
  const answer = runGit(root, ['rev-parse', '--git-path', 'hooks'])
  const folder = resolve(root, answer.text.replace(/\r?\n$/, ''))
  return basename(folder) === '_' && basename(dirname(folder)) === '.husky' ? dirname(folder) : folder
}

/**
 * Where the program may be, from the top of the working tree that commits. A hook that is itself committed names no absolute
 * path: it has to work in every checkout.
 */
function candidates(root: string, packageRoot: string, folder: string): readonly string[] {
  const installed = 'node_modules/@hustlex/gitops/bin/gitops.cjs'
  const committed = folder.startsWith(`${root}/`) && !folder.startsWith(`${root}/.git/`)
  return [
    ...(packageRoot === root ? ['bin/gitops.cjs'] : []),
    installed,
    ...(committed ? [] : [join(packageRoot, 'bin/gitops.cjs')]),
  ]
}

function hookScript(programs: readonly string[]): string {
  return `#!/bin/sh
${marker}, written by "gitops hook install": refuses a commit whose generated files or manifests are wrong.
# Runs the hook that was here before, if there was one, and then checks what is staged. Skip once: git commit --no-verify

before="$(dirname "$0")/pre-commit${keptSuffix}"
if [ -x "$before" ]; then
  "$before" "$@" || exit $?
fi
if ! command -v node >/dev/null 2>&1; then
  echo 'gitops: the pre-commit hook needs node on the PATH' >&2
  exit 1
fi
for program in ${programs.map(quoteShell).join(' ')}; do
  [ -f "$(dirname "$program")/../dist/gitops.cjs" ] && exec node "$program" hook run
done
echo 'gitops: the pre-commit hook found no prepared gitops in this checkout: run "npm ci"' >&2
exit 1
`
}

function quoteShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function keep(path: string): void {
  const kept = path + keptSuffix
  if (existsSync(kept)) {
    throw unreadable(
      'repository/hook-in-the-way',
      kept,
      `"${basename(kept)}" is already there, so the present hook cannot be kept under that name`,
      'Join the two hooks by hand and remove one.',
    )
  }
  renameSync(path, kept)
}

function keptBeside(path: string): { readonly kept?: string } {
  return existsSync(path + keptSuffix) && isAbsolute(path) ? { kept: path + keptSuffix } : {}
}
