// A repository of a test's own that holds HustleX: the platform, the code it imports, and the generated tree.

import { execFileSync } from 'node:child_process'
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { directoryWith } from './temporary-directory.ts'
import { projectRoot } from './run-cli.ts'

const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
}

/** The files, without Git. */
export function hustlexDirectory(): string {
  const root = directoryWith({ 'package.json': '{ "type": "module" }\n', '.gitignore': 'node_modules\n' })
  for (const folder of ['diagnostics', 'manifest', 'model', 'platform', 'merge']) {
    cpSync(join(projectRoot, 'generator', folder), join(root, 'generator', folder), { recursive: true })
  }
  for (const folder of ['k8s', 'argocd']) cpSync(join(projectRoot, folder), join(root, folder), { recursive: true })
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
  return root
}

/** The files in a Git repository, with everything committed. */
export function hustlexRepository(): string {
  const root = hustlexDirectory()
  git(root, 'init', '--quiet', '--initial-branch=main')
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message', 'start')
  return root
}

export function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
}

export interface GitAnswer {
  readonly status: number
  readonly output: string
}

/** Like `git`, for commands that are expected to be refused. */
export function tryGit(root: string, ...args: readonly string[]): GitAnswer {
  try {
    return { status: 0, output: git(root, ...args) }
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
    return { status, output: `${stdout}${stderr}` }
  }
}
