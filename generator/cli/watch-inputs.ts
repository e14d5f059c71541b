// `--watch`: runs again when a file of the platform changes. Ends only when it is interrupted.
// Each directory is watched by itself: on Linux, Node's recursive watching loses files that editors save by renaming.

import { readdirSync, watch, type FSWatcher } from 'node:fs'
import { join } from 'node:path'
import type { ExitCode } from './exit-code.ts'
import type { World } from './world.ts'

const settleMilliseconds = 80

/** Resolves when the process is interrupted, with the code of the last run. */
export async function watchInputs(root: string, again: () => Promise<ExitCode>, world: World): Promise<ExitCode> {
  let code: ExitCode = 0
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const rerun = (): void => {
    running = running.then(async () => {
      code = await again()
    })
  }
  const stop = watchDirectories(join(root, 'generator'), () => {
    clearTimeout(timer)
    timer = setTimeout(rerun, settleMilliseconds)
  })
  world.stderr.write('watching generator/ (interrupt to stop)\n')
  await new Promise<void>(done => process.once('SIGINT', done))
  stop()
  clearTimeout(timer)
  await running
  return code
}

/** Calls back for every change below a directory, also in directories made later; returns what ends it. */
function watchDirectories(top: string, changed: () => void): () => void {
  const watchers = new Map<string, FSWatcher>()
  const refresh = (): void => {
    const present = new Set(directoriesUnder(top))
    for (const [directory, watcher] of watchers) {
      if (present.has(directory)) continue
      watcher.close()
      watchers.delete(directory)
    }
    for (const directory of present) {
      if (!watchers.has(directory)) watchers.set(directory, watchOne(directory))
    }
  }
  const watchOne = (directory: string): FSWatcher =>
    watch(directory, () => {
      refresh()
      changed()
    }).on('error', () => watchers.delete(directory))
  refresh()
  return () => {
    for (const watcher of watchers.values()) watcher.close()
  }
}

function directoriesUnder(top: string): readonly string[] {
  try {
    const below = readdirSync(top, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && entry.name !== 'node_modules')
      .flatMap(entry => directoriesUnder(join(top, entry.name)))
    return [top, ...below]
  } catch {
    // Gone since it was listed, or not there at all: there is nothing to watch.
    return []
  }
}
