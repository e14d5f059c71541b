// Random pods for the comparison with Kubernetes' own evaluator: every field a control of the Pod Security Standards looks at, with
// allowed, forbidden and borderline values, and each often enough absent that some pods pass.

import fc, { type Arbitrary } from 'fast-check'
import type { YamlMap } from '../../../generator/manifest/value.ts'

/** A pod as far as the standards look at it. */
export interface RandomPod {
  readonly metadata: YamlMap
  readonly spec: YamlMap
}

type Fields = Readonly<Record<string, Arbitrary<unknown>>>

/** A map with each field present about once in `rarity`. */
function sparse(fields: Fields, rarity = 4): Arbitrary<YamlMap> {
  const optional = Object.entries(fields).map(([name, value]) =>
    fc.tuple(fc.constant(name), fc.oneof({ weight: rarity - 1, arbitrary: fc.constant(undefined) }, value)),
  )
  return fc
    .tuple(...optional)
    .map(entries => Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as YamlMap)
}

const oneOf = (...values: readonly unknown[]): Arbitrary<unknown> => fc.constantFrom(...values)
const flag = oneOf(true, false, null)

const seLinux = sparse({
  type: oneOf('', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t'),
  user: oneOf('', 'sysadm_u'),
  role: oneOf('', 'sysadm_r'),
  level: oneOf('s0'),
})
const profile = oneOf(
  { type: 'RuntimeDefault' },
  { type: 'Localhost', localhostProfile: 'a' },
  { type: 'Unconfined' },
  { type: 'Other' },
  { type: '' },
  {},
  null,
)
const windows = sparse({ hostProcess: flag, runAsUserName: oneOf('a') }, 2)

const anyContext = {
  runAsNonRoot: flag,
  runAsUser: oneOf(0, 1, 1000, null),
  seLinuxOptions: seLinux,
  seccompProfile: profile,
  appArmorProfile: profile,
  windowsOptions: windows,
}

const sysctlNames = [
  'kernel.shm_rmid_forced',
  'kernel.shmmax',
  'kernel/shm_rmid_forced',
  'net.core.somaxconn',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_notsent_lowat',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_slow_start_after_idle',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
  'net/ipv4/tcp_syncookies',
  '',
]
const sysctls = fc.array(fc.record({ name: oneOf(...sysctlNames), value: oneOf('0') }), { maxLength: 2 })

const podContext = sparse({ ...anyContext, sysctls, fsGroup: oneOf(0, 1), supplementalGroups: oneOf([0]) })

const capability = oneOf(
  'ALL',
  'all',
  'CHOWN',
  'CAP_CHOWN',
  'NET_BIND_SERVICE',
  'NET_ADMIN',
  'SYS_ADMIN',
  'KILL',
  'MKNOD',
  '',
)
const capabilityList = oneOf(null).chain(nothing =>
  fc.oneof(fc.array(capability, { maxLength: 3 }), fc.constant(['ALL']), fc.constant(nothing)),
)
const containerContext = sparse(
  {
    ...anyContext,
    privileged: flag,
    allowPrivilegeEscalation: flag,
    readOnlyRootFilesystem: flag,
    procMount: oneOf('Default', 'Unmasked', 'Other', '', null),
    capabilities: sparse({ add: capabilityList, drop: capabilityList }, 2),
  },
  4,
)

const host = oneOf('', '127.0.0.1', 'localhost', '::1', 'example.com', null)
const action = sparse(
  {
    httpGet: sparse({ host, port: oneOf(80), path: oneOf('/') }, 2),
    tcpSocket: sparse({ host, port: oneOf(80) }, 2),
    grpc: oneOf({ port: 1 }),
    exec: oneOf({ command: ['true'] }),
  },
  2,
)
const port = sparse({ containerPort: oneOf(80, 8080), hostPort: oneOf(0, 80, 8080, null), name: oneOf('http') }, 2)

const containerFields = {
  image: oneOf('example/a:1'),
  ports: fc.array(port, { maxLength: 2 }),
  securityContext: containerContext,
  livenessProbe: action,
  readinessProbe: action,
  startupProbe: action,
  lifecycle: sparse({ postStart: action, preStop: action, stopSignal: oneOf('SIGTERM') }, 2),
  restartPolicy: oneOf('Always'),
}

/** A container that passes restricted, or any. */
function container(prefix: string): Arbitrary<YamlMap> {
  const hardened = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
  return fc.tuple(oneOf('a', 'b', 'c'), fc.boolean(), sparse(containerFields, 5)).map(([name, safe, fields]) => {
    const own = (fields['securityContext'] ?? {}) as YamlMap
    const securityContext = safe ? { ...hardened, ...own } : fields['securityContext']
    return { ...fields, name: prefix + String(name), ...(securityContext === undefined ? {} : { securityContext }) }
  })
}

const volumeSources: Fields = {
  hostPath: oneOf({ path: '/' }),
  gcePersistentDisk: oneOf({ pdName: 'a' }),
  awsElasticBlockStore: oneOf({ volumeID: 'a' }),
  gitRepo: oneOf({ repository: 'a' }),
  nfs: oneOf({ server: 'a', path: '/' }),
  iscsi: oneOf({ targetPortal: 'a', iqn: 'a', lun: 0 }),
  glusterfs: oneOf({ endpoints: 'a', path: '/' }),
  rbd: oneOf({ monitors: ['a'], image: 'a' }),
  flexVolume: oneOf({ driver: 'a' }),
  cinder: oneOf({ volumeID: 'a' }),
  cephfs: oneOf({ monitors: ['a'] }),
  flocker: oneOf({ datasetName: 'a' }),
  fc: oneOf({ wwids: ['a'] }),
  azureFile: oneOf({ secretName: 'a', shareName: 'a' }),
  vsphereVolume: oneOf({ volumePath: 'a' }),
  quobyte: oneOf({ registry: 'a', volume: 'a' }),
  azureDisk: oneOf({ diskName: 'a', diskURI: 'a' }),
  photonPersistentDisk: oneOf({ pdID: 'a' }),
  portworxVolume: oneOf({ volumeID: 'a' }),
  scaleIO: oneOf({ gateway: 'a', system: 'a', secretRef: {} }),
  storageos: oneOf({ volumeName: 'a' }),
  configMap: oneOf({ name: 'a' }),
  secret: oneOf({ secretName: 'a' }),
  emptyDir: oneOf({}),
  projected: oneOf({ sources: [] }),
  downwardAPI: oneOf({}),
  csi: oneOf({ driver: 'a' }),
  ephemeral: oneOf({}),
  persistentVolumeClaim: oneOf({ claimName: 'a' }),
  image: oneOf({ reference: 'a' }),
}
const volume = fc
  .tuple(fc.constantFrom(...Object.keys(volumeSources)), fc.boolean())
  .chain(([source, nothing]) =>
    (volumeSources[source] ?? oneOf({})).map(
      value => ({ name: 'v', [source]: nothing && source > 'q' ? null : value }) as YamlMap,
    ),
  )

const annotationNames = [
  ...['a', 'b', 'initb', 'ephemeralc', 'nobody'].flatMap(name => [
    `container.apparmor.security.beta.kubernetes.io/${name}`,
    `container.seccomp.security.alpha.kubernetes.io/${name}`,
  ]),
  'seccomp.security.alpha.kubernetes.io/pod',
]
const annotationValues = [
  'runtime/default',
  'docker/default',
  'localhost/a',
  'localhost',
  'unconfined',
  'runtime/other',
  '',
]
const annotations = fc.dictionary(fc.constantFrom(...annotationNames), fc.constantFrom(...annotationValues), {
  maxKeys: 2,
  noNullPrototype: true,
})

const podFields = {
  hostNetwork: flag,
  hostPID: flag,
  hostIPC: flag,
  hostUsers: flag,
  os: oneOf({ name: 'windows' }, { name: 'linux' }, { name: '' }, null),
  volumes: fc.array(volume, { maxLength: 2 }),
  securityContext: podContext,
}

const hardenedPod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }

/** Pods of one to five containers in all three lists. */
export const randomPod: Arbitrary<RandomPod> = fc
  .record({
    annotations: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, annotations),
    safe: fc.boolean(),
    fields: sparse(podFields, 5),
    containers: fc.array(container(''), { minLength: 1, maxLength: 2 }),
    initContainers: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(container('init'), { maxLength: 2 })),
    ephemeralContainers: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      fc.array(container('ephemeral'), { maxLength: 1 }),
    ),
  })
  .map(({ annotations: notes, safe, fields, ...lists }) => {
    const own = fields['securityContext'] as YamlMap | undefined
    const securityContext = safe ? { ...hardenedPod, ...own } : own
    return {
      metadata: { annotations: notes } as YamlMap,
      spec: { ...fields, ...lists, ...(securityContext === undefined ? {} : { securityContext }) } as YamlMap,
    }
  })
