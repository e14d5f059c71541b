// Syncs what is committed here with a real Argo CD into a real API server, all on loopback, and says whether every Application
// becomes Synced without a condition, stays so when everything is compared anew, and leaves autoscaled replicas alone.
//   npx tsx scripts/real-argocd.ts --crds DIR [--crds DIR…] [--keep]
// On PATH: etcd, kube-apiserver, argocd, redis-server, kustomize, kubectl, git, openssl; kube-controller-manager, if pods are
// to be made. --crds: CustomResourceDefinitions of Argo CD (its manifests/crds), and of every other custom kind that is synced.

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { which } from 'zx'
import { isApplication, sourcesOf } from '../generator/argocd/simulate/read-argocd.ts'
import { buildKustomization } from '../generator/build/build-kustomization.ts'
import { diskTree } from '../generator/io/disk-tree.ts'
import { startCluster } from './real-argocd/cluster.ts'
import { startArgoCd } from './real-argocd/control-plane.ts'
import { cloneFor, serveGit } from './real-argocd/git-host.ts'
import { observe, type Observation } from './real-argocd/observe.ts'
import { stopAll } from './real-argocd/processes.ts'

const { values } = parseArgs({
  options: { crds: { type: 'string', multiple: true, default: [] }, keep: { type: 'boolean', default: false } },
})
const needed = ['etcd', 'kube-apiserver', 'argocd', 'redis-server', 'kustomize', 'kubectl', 'git', 'openssl']
const missing = needed.filter(binary => which.sync(binary, { nothrow: true }) === null)
if (missing.length > 0) {
  console.error(`not on PATH: ${missing.join(', ')}`)
  process.exit(2)
}
const work = mkdtempSync(join(tmpdir(), 'real-argocd-'))
process.on('SIGINT', () => void stopAll().then(() => process.exit(130)))
try {
  process.exitCode = print(await run(values.crds)) ? 0 : 1
} finally {
  if (values.keep) console.log(`left running, logs and kubeconfig in ${work}; stop it with Ctrl-C`)
  else await stopAll().then(() => rmSync(work, { recursive: true, force: true }))
}

async function run(crds: readonly string[]): Promise<readonly Observation[]> {
  const kubeconfig = await startCluster(work)
  const kubectl = (...args: readonly string[]): string =>
    execFileSync('kubectl', ['--kubeconfig', kubeconfig, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  kubectl('create', 'namespace', 'argocd')
  for (const path of crds) kubectl('apply', '--server-side', '-f', path)
  const applications = buildKustomization(diskTree('.'), 'argocd').value.filter(isApplication)
  const sources = applications.flatMap(({ object }) => sourcesOf(object))
  const repositories = join(work, 'git')
  mkdirSync(repositories)
  await cloneFor(
    sources.map(({ repoURL, targetRevision }) => ({ repoURL, revision: targetRevision })),
    repositories,
  )
  const host = await serveGit(repositories)
  const urls = [...new Set(sources.map(({ repoURL }) => repoURL))]
  await startArgoCd({ kubeconfig, work, repositories: urls.map(url => ({ url, proxy: host.proxyURL })) })
  kubectl('apply', '-k', 'argocd')
  const observed = await observe(
    kubectl,
    applications.map(({ name }) => name),
  )
  if (!values.keep) host.close()
  return observed
}

/** Prints a table. @returns whether there is nothing to complain about */
function print(observations: readonly Observation[]): boolean {
  for (const { application, when, sync, health, complaints } of observations) {
    console.log([application.padEnd(28), when.padEnd(18), sync.padEnd(10), health].join(' ').trimEnd())
    for (const complaint of complaints) console.log(`  ${complaint}`)
  }
  const good = observations.filter(
    ({ sync, complaints }) => ['Synced', 'Kept'].includes(sync) && complaints.length === 0,
  )
  console.log(`${good.length} of ${observations.length} as they should be`)
  return good.length === observations.length
}
