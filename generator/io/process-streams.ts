// The process's own standard streams, written and read synchronously through their descriptors: starting Node's stream
// machinery costs more than most runs of this tool, and nothing printed can be lost by exiting.

import { fstatSync, readFileSync, statSync, writeSync } from 'node:fs'

/** Somebody closed the pipe we print to (`gitops build . | head`): nothing is left to do. */
export class ClosedPipe extends Error {}

/** Writes a whole text to a descriptor, waiting where a pipe is full. */
export function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  let done = 0
  while (done < bytes.length) {
    try {
      done += writeSync(descriptor, bytes, done)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') throw new ClosedPipe('the reader closed the pipe')
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/** Whether a descriptor is a terminal; files, pipes and the null device are ruled out without loading `node:tty`. */
export function isTerminal(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isCharacterDevice() || stat.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev) return false
  } catch {
    return false
  }
  return process.getBuiltinModule('tty').isatty(descriptor)
}

/** Everything on standard input. */
export function readStandardInput(): Buffer {
  return readFileSync(0)
}
