// A fleet to measure with: N small platforms like HustleX, each a base and two overlays of about a dozen objects.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { renderPlatform } from '../../generator/generate/render-platform.ts'
import { http, loadBalancer, platform, redis, service, worker } from '../../generator/model/declare.ts'
import type { FileTree } from '../../generator/manifest/file-tree.ts'

export interface Fleet {
  readonly tree: FileTree
  /** Every overlay directory. */
  readonly overlays: readonly string[]
}

/** The k8s/ trees of `size` apps, each under apps/<name>. */
export function fleet(size: number): Fleet {
  const tree = new Map<string, string>()
  const overlays: string[] = []
  for (let index = 0; index < size; index++) {
    const name = `app-${index}`
    const { value, diagnostics } = renderPlatform(app(name), releases(name))
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics[0]))
    for (const [path, text] of value.tree) if (path.startsWith('k8s/')) tree.set(`apps/${name}/${path}`, text)
    overlays.push(...value.environments.map(one => `apps/${name}/${one.directory}`))
  }
  return { tree, overlays }
}

/** Writes a fleet to disk, for the real binaries. */
export function writeFleet({ tree }: Fleet, root: string): void {
  for (const [path, text] of tree) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

function app(name: string) {
  const cache = redis({ image: 'redis:7-alpine' })
  const health = { liveness: http('/health', { delay: 10, period: 10 }), readiness: http('/ready', { period: 5 }) }
  const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } } as const
  const api = service('api', {
    image: `${name}/api`,
    port: 8080,
    replicas: 3,
    resources,
    probes: health,
    expose: loadBalancer(),
    uses: [cache],
  })
  const jobs = worker('worker', { image: `${name}/worker`, resources, uses: [cache] })
  return platform(name, {
    repository: 'https://example.com/fleet.git',
    kubernetes: '1.34',
    components: [api, jobs, cache],
    config: { LOG_LEVEL: 'info', REGION: 'eu' },
    secrets: { TOKEN: `${name}/api#token` },
    clusters: { main: { name: 'main' } },
    environments: {
      staging: { namespace: `${name}-staging`, revision: 'refs/heads/main', overrides: { api: { replicas: 2 } } },
      production: {
        namespace: name,
        revision: 'refs/tags/v1.0.0',
        overrides: { api: { replicas: 5, autoscale: { min: 3, max: 20, cpu: 70 } } },
      },
    },
  })
}

function releases(name: string): string {
  return ['staging', 'production'].map(one => `${one}:\n  ${name}/api: 1.0.0\n  ${name}/worker: 1.0.0\n`).join('')
}
