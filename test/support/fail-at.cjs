// Preloaded into a process under test: at the n-th change of the disk, kills the process or fails the call.
'use strict'
const fs = require('node:fs')
let left = Number(process.env.FAIL_AT)
const how = process.env.FAIL_WITH
for (const name of ['openSync', 'writeSync', 'renameSync', 'rmSync', 'mkdirSync', 'linkSync', 'rmdirSync']) {
  const real = fs[name]
  fs[name] = (...args) => {
    // A full disk still removes files.
    const reads = (name === 'openSync' && args[1] !== 'w') || (how === 'ENOSPC' && name.startsWith('rm'))
    const counts =
      !reads &&
      (String(args[0]).includes('/k8s/') ||
        String(args[0]).includes('/argocd/') ||
        (name === 'writeSync' && args[0] > 2))
    if (counts && left-- === 0) {
      if (how === 'SIGKILL') {
        if (name === 'writeSync') real(args[0], 'hal')
        process.kill(process.pid, 'SIGKILL')
      }
      throw Object.assign(new Error(`${how}: planted`), {
        code: how,
        ...(typeof args[0] === 'string' ? { path: args[0] } : {}),
      })
    }
    return real(...args)
  }
}
process.on(
  'exit',
  () =>
    process.env.FAIL_REPORT && fs.writeFileSync(process.env.FAIL_REPORT, String(Number(process.env.FAIL_AT) - left)),
)
