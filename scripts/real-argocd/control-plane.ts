// Argo CD without its API server: Redis, the repository server and the application controller, each the one `argocd` binary by
// another name, and the few objects they read their settings from.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { $ } from 'zx'
import { freePort, start } from './processes.ts'

export interface ArgoCdSettings {
  readonly kubeconfig: string
  /** Where logs and repositories go. */
  readonly work: string
  readonly repositories: readonly { readonly url: string; readonly proxy: string }[]
}

export async function startArgoCd({ kubeconfig, work, repositories }: ArgoCdSettings): Promise<void> {
  const objects = [
    ...['argocd-cm', 'argocd-rbac-cm', 'argocd-ssh-known-hosts-cm', 'argocd-tls-certs-cm', 'argocd-gpg-keys-cm'].map(
      name => settingsObject('ConfigMap', name, {}),
    ),
    settingsObject('Secret', 'argocd-secret', { 'server.secretkey': 'loopback-only' }),
    ...repositories.map(({ url, proxy }, index) =>
      settingsObject('Secret', `repository-${index}`, { type: 'git', url, proxy, insecure: 'true' }, 'repository'),
    ),
  ]
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
  await $({ input: list })`kubectl --kubeconfig ${kubeconfig} apply -f -`.quiet()
  const [redis, repo, repoMetrics, metrics] = [await freePort(), await freePort(), await freePort(), await freePort()]
  // Argo CD's image has this script; no commit here is signed, and then it prints nothing.
  writeFileSync(join(work, 'git-verify-wrapper.sh'), '#!/bin/sh\n', { mode: 0o755 })
  const env = {
    PATH: `${work}:${process.env['PATH'] ?? ''}`,
    KUBECONFIG: kubeconfig,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: work,
    ARGOCD_SSH_DATA_PATH: work,
    TMPDIR: work,
  }
  const redisArgs = ['--port', String(redis), '--bind', '127.0.0.1', '--save', '', '--dir', work]
  start({ name: 'redis', command: 'redis-server', args: redisArgs }, work)
  const repoArgs = ['--address', '127.0.0.1', '--port', String(repo), '--redis', `127.0.0.1:${redis}`]
  const repoMetricsArgs = ['--metrics-address', '127.0.0.1', '--metrics-port', String(repoMetrics)]
  start(component('repo-server', [...repoArgs, ...repoMetricsArgs], env), work)
  const servers = ['--repo-server', `127.0.0.1:${repo}`, '--redis', `127.0.0.1:${redis}`]
  const place = ['--kubeconfig', kubeconfig, '--namespace', 'argocd', '--metrics-port', String(metrics)]
  start(component('application-controller', [...place, ...servers], env), work)
}

function component(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Parameters<typeof start>[0] {
  return { name, command: 'argocd', args, env: { ...env, ARGOCD_BINARY_NAME: `argocd-${name}` } }
}

function settingsObject(
  kind: 'ConfigMap' | 'Secret',
  name: string,
  data: Readonly<Record<string, string>>,
  secretType?: string,
): object {
  const labels = {
    'app.kubernetes.io/part-of': 'argocd',
    ...(secretType === undefined ? {} : { 'argocd.argoproj.io/secret-type': secretType }),
  }
  return { apiVersion: 'v1', kind, metadata: { name, labels }, [kind === 'Secret' ? 'stringData' : 'data']: data }
}
