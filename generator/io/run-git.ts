// Git's plumbing, synchronously. The environment is passed on whole: inside a hook it names the index of the commit being made.

export interface GitAnswer {
  readonly ok: boolean
  readonly bytes: Buffer
  readonly text: string
  readonly error: string
}

const largestAnswer = 1024 * 1024 * 1024

/** Runs `git` in a directory. A missing git is an answer too: not ok. */
export function runGit(directory: string, args: readonly string[], input?: string): GitAnswer {
  // Loaded with the first call: most runs need no git.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const done = spawnSync('git', args, {
    cwd: directory,
    input,
    maxBuffer: largestAnswer,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  if (done.error !== undefined) return { ok: false, bytes: Buffer.alloc(0), text: '', error: done.error.message }
  return {
    ok: done.status === 0,
    bytes: done.stdout,
    text: done.stdout.toString('utf8'),
    error: done.stderr.toString('utf8').trim(),
  }
}
