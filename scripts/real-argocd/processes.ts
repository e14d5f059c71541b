// Servers as child processes: their output goes to log files, and all of them end with this process.

import { spawn, type ChildProcess } from 'node:child_process'
import { openSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Server {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const running: ChildProcess[] = []
/** Servers that ended by themselves. */
const ended: string[] = []

/** Starts a server; what it prints goes to `<logs>/<name>.log`. */
export function start(server: Server, logs: string): void {
  const log = openSync(join(logs, `${server.name}.log`), 'a')
  const env = { ...process.env, ...server.env }
  const child = spawn(server.command, server.args, { stdio: ['ignore', log, log], env })
  child.once('exit', () => {
    if (running.includes(child)) ended.push(server.name)
  })
  running.push(child)
}

/** Ends all servers, the last started first. */
export async function stopAll(): Promise<void> {
  for (const child of running.splice(0).toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGTERM')
    await Promise.race([gone, sleep(5000).then(() => child.kill('SIGKILL'))])
  }
}

/** Repeats a question twice a second until it is answered. */
export async function waitFor<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (ended.length > 0) throw new Error(`${ended.join(', ')} ended: see its log`)
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`)
    await sleep(500)
  }
}

/** A port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
