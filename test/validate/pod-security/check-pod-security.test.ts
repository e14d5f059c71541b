import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../../generator/manifest/parse-yaml.ts'
import { asMap } from '../../../generator/manifest/value.ts'
import { checkPodSecurity, podSecurityControls } from '../../../generator/validate/pod-security/check-pod-security.ts'
import type { SecuredPod } from '../../../generator/validate/pod-security/control.ts'
import { minorOfRelease, parsePolicyVersion } from '../../../generator/validate/pod-security/policy-version.ts'

function pod(text: string): SecuredPod {
  const object = asMap(parseYaml(text, 'pod.yaml').value[0]?.value)
  return { metadata: asMap(object['metadata']), spec: asMap(object['spec']) }
}

const conformance = '../shared/conformance/pod-security'

interface Case {
  readonly id: string
  readonly file: string
  readonly level: 'baseline' | 'restricted'
  readonly version: string
  readonly check: string
  readonly expect: 'pass' | 'fail'
}

const folder = [conformance].find(candidate => existsSync(join(candidate, 'cases.json')))

if (folder === undefined) {
  test.skip('SKIPPED: the upstream cases are not here', () => undefined)
} else {
  const { cases } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as { readonly cases: readonly Case[] }
  describe('verdicts of the upstream cases', () => {
    test('are there', () => expect(cases.length).toBeGreaterThan(100))
    test.each(cases)('$id', ({ file, level, version, expect: verdict, check }) => {
      const found = checkPodSecurity(pod(readFileSync(join(folder, file), 'utf8')), level, version)
      expect(found.length === 0 ? 'pass' : 'fail').toBe(verdict)
      if (verdict === 'fail')
        expect(found.map(({ control }) => control.id.replaceAll('-', ''))).toContain(controlOf(check, level))
    })
  })
}

/** The control that answers at a level for the one a case is named after: restricted controls replace baseline ones. */
function controlOf(check: string, level: string): string {
  const names = ['capabilities', 'seccompprofile']
  const pair = names.find(name => check === `${name}_baseline`)
  if (pair !== undefined && level === 'restricted') return `${pair}restricted`
  if (check === 'hostpathvolumes' && level === 'restricted') return 'restrictedvolumes'
  return check.replaceAll('_', '')
}

const restrictedPod = `
metadata: {}
spec:
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  containers:
    - { name: a, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }
`
const ids = (text: string, level: 'baseline' | 'restricted', version: string): readonly string[] => [
  ...new Set(checkPodSecurity(pod(text), level, version).map(({ control }) => control.id)),
]

describe('what changed between versions', () => {
  const sysctl = (name: string): string =>
    `spec: { securityContext: { sysctls: [{ name: ${name} }] }, containers: [{ name: a }] }`
  const windows = `spec: { os: { name: windows }, securityContext: { runAsNonRoot: true }, containers: [{ name: a }] }`
  const unmasked = `spec: { hostUsers: false, containers: [{ name: a, securityContext: { procMount: Unmasked } }] }`
  const probe = `spec: { containers: [{ name: a, livenessProbe: { tcpSocket: { host: 127.0.0.1, port: 1 } } }] }`
  const root = restrictedPod.replace('runAsNonRoot: true', 'runAsNonRoot: false, runAsUser: 0')
  const rootInUserNamespace = root.replace('spec:', 'spec:\n  hostUsers: false')
  test.each([
    {
      what: 'sysctls',
      text: sysctl('net.ipv4.ip_local_reserved_ports'),
      level: 'baseline',
      from: '1.26',
      before: ['sysctls'],
      to: '1.27',
      after: [],
    },
    {
      what: 'sysctls',
      text: sysctl('net.ipv4.tcp_fin_timeout'),
      level: 'baseline',
      from: '1.28',
      before: ['sysctls'],
      to: '1.29',
      after: [],
    },
    {
      what: 'sysctls',
      text: sysctl('net.ipv4.tcp_rmem'),
      level: 'baseline',
      from: '1.31',
      before: ['sysctls'],
      to: '1.32',
      after: [],
    },
    {
      what: 'sysctls of 1.37',
      text: sysctl('net.ipv4.tcp_notsent_lowat'),
      level: 'baseline',
      from: '1.36',
      before: ['sysctls'],
      to: '1.37',
      after: [],
    },
    {
      what: 'SELinux',
      text: `spec: { securityContext: { seLinuxOptions: { type: container_engine_t } }, containers: [] }`,
      level: 'baseline',
      from: '1.30',
      before: ['se-linux-options'],
      to: '1.31',
      after: [],
    },
    {
      what: 'probe hosts',
      text: probe,
      level: 'baseline',
      from: '1.33',
      before: [],
      to: '1.34',
      after: ['host-probes-and-host-lifecycle'],
    },
    {
      what: 'seccomp annotation',
      text: `{ metadata: { annotations: { seccomp.security.alpha.kubernetes.io/pod: unconfined } }, spec: { containers: [] } }`,
      level: 'baseline',
      from: '1.18',
      before: ['seccomp-profile-baseline'],
      to: '1.19',
      after: [],
    },
    {
      what: 'seccomp field',
      text: `spec: { securityContext: { seccompProfile: { type: Unconfined } }, containers: [] }`,
      level: 'baseline',
      from: '1.18',
      before: [],
      to: '1.19',
      after: ['seccomp-profile-baseline'],
    },
    {
      what: 'seccomp under restricted',
      text: restrictedPod.replace(/, seccompProfile: \{[^}]*\}/, ''),
      level: 'restricted',
      from: '1.18',
      before: [],
      to: '1.19',
      after: ['seccomp-profile-restricted'],
    },
    {
      what: 'capabilities',
      text: restrictedPod.replace('drop: [ALL]', 'add: [CHOWN]'),
      level: 'restricted',
      from: '1.21',
      before: [],
      to: '1.22',
      after: ['capabilities-restricted'],
    },
    {
      what: 'privilege escalation',
      text: restrictedPod.replace('allowPrivilegeEscalation: false, ', ''),
      level: 'restricted',
      from: '1.7',
      before: [],
      to: '1.8',
      after: ['allow-privilege-escalation'],
    },
    {
      what: 'user 0',
      text: restrictedPod.replace('runAsNonRoot: true', 'runAsNonRoot: true, runAsUser: 0'),
      level: 'restricted',
      from: '1.22',
      before: [],
      to: '1.23',
      after: ['run-as-user'],
    },
    {
      what: 'Windows',
      text: windows,
      level: 'restricted',
      from: '1.24',
      before: ['capabilities-restricted', 'seccomp-profile-restricted', 'allow-privilege-escalation'],
      to: '1.25',
      after: [],
    },
    {
      what: '/proc in a user namespace, baseline',
      text: unmasked,
      level: 'baseline',
      from: '1.34',
      before: ['proc-mount'],
      to: '1.35',
      after: [],
    },
    {
      what: '/proc in a user namespace, restricted',
      text: `spec: { hostUsers: false, ${restrictedPod.slice(restrictedPod.indexOf('  securityContext') + 2, restrictedPod.indexOf('\n  containers'))}, containers: [{ name: a, securityContext: { procMount: Unmasked, allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }] }`,
      level: 'restricted',
      from: '1.34',
      before: ['proc-mount'],
      to: '1.35',
      after: ['proc-mount-restricted'],
    },
    {
      what: 'root',
      text: root,
      level: 'restricted',
      from: '1.34',
      before: ['run-as-non-root', 'run-as-user'],
      to: '1.35',
      after: ['run-as-non-root', 'run-as-user'],
    },
    {
      what: 'root in a user namespace',
      text: rootInUserNamespace,
      level: 'restricted',
      from: '1.34',
      before: ['run-as-non-root', 'run-as-user'],
      to: '1.35',
      after: [],
    },
    {
      what: 'AppArmor field',
      text: `spec: { securityContext: { appArmorProfile: { type: Unconfined } }, containers: [] }`,
      level: 'baseline',
      from: '1.0',
      before: ['app-armor-profile'],
      to: 'latest',
      after: ['app-armor-profile'],
    },
    {
      what: 'image volume',
      text: restrictedPod + '  volumes: [{ name: v, image: { reference: a } }]',
      level: 'restricted',
      from: '1.25',
      before: [],
      to: 'latest',
      after: [],
    },
  ] as const)('$what: $from, $to ($level)', ({ text, level, from, before, to, after }) => {
    expect(ids(text, level, from)).toEqual(before)
    expect(ids(text, level, to)).toEqual(after)
  })
})

describe('checkPodSecurity', () => {
  test('privileged allows everything', () => {
    expect(checkPodSecurity(pod('spec: { hostNetwork: true, containers: [] }'), 'privileged', 'latest')).toEqual([])
  })
  test('a version newer than known counts as the newest', () => {
    expect(ids('spec: { hostPID: true, containers: [] }', 'baseline', 'v1.99')).toEqual(['host-namespaces'])
  })
  test('ephemeral containers count', () => {
    const text = 'spec: { containers: [], ephemeralContainers: [{ name: d, securityContext: { privileged: true } }] }'
    expect(checkPodSecurity(pod(text), 'baseline', 'latest')).toMatchObject([
      { pointer: '/spec/ephemeralContainers/0/securityContext/privileged' },
    ])
  })
  test('explicit nulls are absent fields', () => {
    expect(
      ids(
        'spec: { hostNetwork: null, containers: [{ name: a, securityContext: { procMount: null, privileged: null } }] }',
        'baseline',
        'latest',
      ),
    ).toEqual([])
  })
  test('there are 19 controls, each with strictly increasing versions', () => {
    expect(podSecurityControls).toHaveLength(19)
    for (const { versions } of podSecurityControls) {
      const minors = versions.map(([minor]) => minor)
      expect(minors).toEqual([...new Set(minors)].sort((a, b) => a - b))
    }
  })
})

describe('parsePolicyVersion', () => {
  test.each([
    ['latest', 37],
    ['v1.24', 24],
    ['v1.1000', 1000],
    ['1.24', undefined],
    ['v1.0', 0],
    ['v1.024', undefined],
    ['v1.24.1', undefined],
    ['v2.0', undefined],
    ['', undefined],
  ] as const)('%s', (text, minor) => expect(parsePolicyVersion(text)).toBe(minor))
})

test('a release may leave out the v that labels need', () => {
  expect(['1.24', 'v1.24', 'latest', '2.0', '1.24.1'].map(minorOfRelease)).toEqual([24, 24, 37, undefined, undefined])
})
