// A Kubernetes control plane without nodes, on loopback: etcd, the API server, and the controllers where they are installed.

import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { $, which } from 'zx'
import { freePort, start, waitFor } from './processes.ts'

const token = 'loopback-only'

/** Starts the control plane and waits until it answers. @returns the path of a kubeconfig with all rights */
export async function startCluster(work: string): Promise<string> {
  const [etcd, peer, api, controllers] = [await freePort(), await freePort(), await freePort(), await freePort()]
  const key = join(work, 'service-accounts.key')
  const tokens = join(work, 'tokens.csv')
  const kubeconfig = join(work, 'kubeconfig')
  await $`openssl genrsa -out ${key} 2048`.quiet()
  writeFileSync(tokens, `${token},admin,admin,system:masters\n`)
  writeFileSync(kubeconfig, kubeconfigOf(api))
  mkdirSync(join(work, 'etcd'), { mode: 0o700 })
  const [clients, peers] = [`http://127.0.0.1:${etcd}`, `http://127.0.0.1:${peer}`]
  const etcdArgs = [
    `--data-dir=${join(work, 'etcd')}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
  ]
  start({ name: 'etcd', command: 'etcd', args: etcdArgs }, work)
  const apiArgs = [
    `--etcd-servers=${clients}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${api}`,
    `--cert-dir=${join(work, 'certificates')}`,
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--token-auth-file=${tokens}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/16',
    '--endpoint-reconciler-type=none',
  ]
  start({ name: 'kube-apiserver', command: 'kube-apiserver', args: apiArgs }, work)
  await waitFor('the API server', 120, async () => {
    const { exitCode } = await $({ nothrow: true })`kubectl --kubeconfig ${kubeconfig} get --raw /readyz`.quiet()
    return exitCode === 0 ? true : undefined
  })
  await startControllers(kubeconfig, key, controllers, work)
  return kubeconfig
}

async function startControllers(kubeconfig: string, key: string, port: number, work: string): Promise<void> {
  const command = 'kube-controller-manager'
  if ((await which(command, { nothrow: true })) === null) {
    appendFileSync(join(work, `${command}.log`), 'not installed: Deployments make no pods\n')
    return
  }
  const args = [
    `--kubeconfig=${kubeconfig}`,
    `--service-account-private-key-file=${key}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${join(work, 'controller-certificates')}`,
    '--leader-elect=false',
  ]
  start({ name: command, command, args }, work)
}

function kubeconfigOf(port: number): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'loopback', cluster: { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } },
    ],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'loopback', context: { cluster: 'loopback', user: 'admin', namespace: 'argocd' } }],
    'current-context': 'loopback',
  })
}
