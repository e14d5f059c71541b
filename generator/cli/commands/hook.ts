// `gitops hook install | run`: the pre-commit hook, and what it runs.

import { relative } from 'node:path'
import { hint } from '../../diagnostics/suggest.ts'
import { installHook, workingTreeRoot } from '../../io/git-hook.ts'
import { UsageError, type Command, type ParsedArguments } from '../command.ts'
import { CLEAN, type ExitCode } from '../exit-code.ts'
import type { World } from '../world.ts'

export const hook: Command = {
  name: 'hook',
  summary: 'install the pre-commit hook, or run it on what is staged',
  usage: 'install | run',
  about: [
    'install writes the hook where Git looks for it (core.hooksPath, worktrees); a hook that is already there is kept and run first.',
    'run reads the staged index, never the working tree: it generates from the staged platform, compares with the staged files, and\nvalidates what the staged files affect. The pre-commit framework runs it through .pre-commit-hooks.yaml.',
  ],
  options: {},
  examples: [
    ['hook install', 'once per clone'],
    ['hook run', 'what the commit would be told'],
  ],
  async run(args, world) {
    const [action, ...more] = args.positionals
    if (action === undefined) throw new UsageError('hook needs to know what to do: install or run')
    if (more.length > 0) throw new UsageError(`hook ${action} takes no further arguments, got "${more[0] ?? ''}"`)
    if (action === 'install') return install(world)
    if (action === 'run') return runHook(args, world)
    throw new UsageError(`hook cannot "${action}"${hint(action, ['install', 'run'])}`)
  },
}

function install(world: World): ExitCode {
  const root = workingTreeRoot(world.cwd)
  const { path, outcome, kept } = installHook(root, world.packageRoot)
  const shown = (full: string): string => relative(world.cwd, full)
  const lines = {
    installed: `installed ${shown(path)}`,
    updated: `updated ${shown(path)}`,
    unchanged: `${shown(path)} is already installed`,
  }
  world.stdout.write(`${lines[outcome]}\n`)
  if (kept !== undefined)
    world.stdout.write(`the hook that was there before is kept as ${shown(kept)} and runs first\n`)
  return CLEAN
}

async function runHook(args: ParsedArguments, world: World): Promise<ExitCode> {
  const { checkStaged } = await import('../check-staged.ts')
  return checkStaged(workingTreeRoot(world.cwd), args, world)
}
