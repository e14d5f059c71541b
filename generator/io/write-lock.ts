// One writer at a time: a lock file beside what is written, naming the process that holds it. The lock of a process that is gone
// (killed in the middle) is taken over.

import { closeSync, linkSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { diskRefusal } from './disk-refusal.ts'
import { unreadable } from './unreadable-input.ts'
import { makeDirectory, untouched } from './write-files.ts'

/** How long a second writer waits for the first, in milliseconds. */
export const lockPatience = 10_000

/** Runs `work` while holding the lock; throws UnreadableInput when another living process keeps it. */
export function withLock<T>(root: string, lock: string, work: () => T, patience = lockPatience): T {
  const path = join(root, lock)
  const me = `${process.pid} ${hostname()}\n`
  const pause = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; !takeOrRefuse(root, lock, me); waited += 50) {
    if (takeOverStale(path)) continue
    if (waited >= patience) throw locked(path, lock)
    Atomics.wait(pause, 0, 0, 50)
  }
  removeAbandoned(path)
  try {
    return work()
  } finally {
    if (holder(path) === me) rmSync(path, { force: true })
  }
}

function takeOrRefuse(root: string, lock: string, me: string): boolean {
  try {
    makeDirectory(root, lock)
    return take(join(root, lock), me)
  } catch (error) {
    throw diskRefusal(error, root, untouched)
  }
}

/** Half-made locks of processes that were killed. */
function removeAbandoned(path: string): void {
  const prefix = `${basename(path)}.`
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length))))
      rmSync(join(dirname(path), name), { force: true })
  }
}

/** Created with its content in one step (a link of a finished file), so that nobody ever reads an empty lock. */
function take(path: string, me: string): boolean {
  const own = `${path}.${process.pid}`
  const descriptor = openSync(own, 'w')
  writeSync(descriptor, me)
  closeSync(descriptor)
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

function holder(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function takeOverStale(path: string): boolean {
  const text = holder(path)
  if (text === undefined) return true
  const [pid = '', host = ''] = text.trim().split(' ')
  if (host !== hostname() || isAlive(Number(pid))) return false
  // Moved aside first: of two that see the same stale lock only one can move it.
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return true
  }
  const moved = holder(aside)
  if (moved !== text) putBack(aside, path)
  rmSync(aside, { force: true })
  return moved === text
}

/** Between reading and moving, somebody else had taken over: theirs goes back. */
function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path)
  } catch {
    // A third one holds it now.
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function locked(path: string, shown: string): Error {
  const [pid = '?'] = (holder(path) ?? '').trim().split(' ')
  return unreadable(
    'repository/locked',
    shown,
    `another "gitops generate" is running here (process ${pid})`,
    `Wait for it to finish; if there is none, remove "${shown}".`,
  )
}

function hostname(): string {
  return process.getBuiltinModule('node:os').hostname()
}
