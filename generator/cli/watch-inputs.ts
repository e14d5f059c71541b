// `--watch`: runs again when a file of the platform changes. Ends only when it is interrupted.

import { existsSync, watch } from 'node:fs'
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
  const watcher = watch(join(root, 'generator'), { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(rerun, settleMilliseconds)
  })
  world.stderr.write(existsSync(join(root, 'generator')) ? 'watching generator/ (interrupt to stop)\n' : '')
  await new Promise<void>(done => process.once('SIGINT', done))
  watcher.close()
  clearTimeout(timer)
  await running
  return code
}
