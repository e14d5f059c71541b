// A Git host for any URL: an HTTPS server in front of `git http-backend`, and a proxy that leads every connection to it. Argo
// CD then fetches https://github.com/… as written, and gets the repositories of a directory.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer as createProxy } from 'node:http'
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { $ } from 'zx'

/** A revision of a repository that has to exist. */
export interface Wanted {
  readonly repoURL: string
  readonly revision: string
}

/** Clones the commit that is checked out to where `serveGit` serves each repository, as every branch and tag that is wanted. */
export async function cloneFor(wanted: readonly Wanted[], root: string): Promise<void> {
  for (const { repoURL, revision } of wanted) {
    const clone = join(root, new URL(repoURL).pathname)
    if (!existsSync(clone)) await $`git clone --bare --no-tags . ${clone}`.quiet()
    const ref = revision.startsWith('refs/') ? revision : `refs/heads/${revision}`
    await $`git --git-dir ${clone} update-ref ${ref} HEAD`.quiet()
  }
}

export interface GitHost {
  /** For `proxy` of a repository's Secret. */
  readonly proxyURL: string
  readonly close: () => void
}

/** @param root holds the repositories at the paths of their URLs; a key and a certificate are written there too */
export async function serveGit(root: string): Promise<GitHost> {
  const [key, cert] = [join(root, 'tls.key'), join(root, 'tls.crt')]
  await $`openssl req -x509 -newkey rsa:2048 -nodes -keyout ${key} -out ${cert} -days 2 -subj /CN=localhost`.quiet()
  const host = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    answer(root, request, response)
  })
  const port = await listen(host)
  const proxy = createProxy()
  proxy.on('connect', (_, client, head) => {
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
  })
  return {
    proxyURL: `http://127.0.0.1:${await listen(proxy)}`,
    close: () => [host, proxy].forEach(server => server.close()),
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** Runs the CGI program that comes with git (`git help http-backend`). */
function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'https://localhost')
  const backend = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REQUEST_METHOD: request.method,
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    },
  })
  request.pipe(backend.stdin)
  let head = Buffer.alloc(0)
  backend.stdout.on('data', (chunk: Buffer) => {
    if (response.headersSent) {
      response.write(chunk)
      return
    }
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    writeHead(response, head.subarray(0, end).toString())
    response.write(head.subarray(end + 4))
  })
  backend.stdout.on('end', () => response.end())
}

function writeHead(response: ServerResponse, lines: string): void {
  let status = 200
  for (const line of lines.split('\r\n')) {
    const [name = '', value = ''] = line.split(': ', 2)
    if (name === 'Status') status = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
  response.writeHead(status)
}
