// Random pods, judged here and by Kubernetes' own evaluator, where somebody has built one and named it:
//   PSS_ORACLE=path/to/program npx vitest run test/validate/pod-security/differential.test.ts   (PSS_CASES, PSS_SEED for more)
// The program is a few lines of Go around `policy.NewEvaluator(policy.DefaultChecks(), nil)` of k8s.io/pod-security-admission. Called with
// the argument `pods`, it reads one pod per line, {"metadata": …, "spec": …}, gives each volume without a source an emptyDir, as the
// API server does before admission, and answers each with a line {"baseline": […], "restricted": […]}: for each policy version
// from v1.0 on, the ForbiddenReasons of the checks that do not allow the pod.

import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPodSecurity } from '../../../generator/validate/pod-security/check-pod-security.ts'
import { newestPolicyMinor } from '../../../generator/validate/pod-security/policy-version.ts'
import { randomPod, type RandomPod } from './random-pod.ts'

const { PSS_ORACLE: oracle, PSS_CASES: cases = '500', PSS_SEED: seed = '1' } = process.env
if (oracle === undefined) console.warn('SKIPPED: PSS_ORACLE names no program, no verdict on pods was compared')

const controls: Readonly<Record<string, string>> = {
  'allowPrivilegeEscalation != false': 'allow-privilege-escalation',
  'forbidden AppArmor profile': 'app-armor-profile',
  'forbidden AppArmor profiles': 'app-armor-profile',
  'forbidden sysctls': 'sysctls',
  'host namespaces': 'host-namespaces',
  hostPort: 'host-ports',
  hostProcess: 'windows-host-process',
  'hostPath volumes': 'host-path-volumes',
  'non-default capabilities': 'capabilities-baseline',
  privileged: 'privileged',
  'probe or lifecycle host': 'host-probes-and-host-lifecycle',
  procMount: 'proc-mount',
  'restricted volume types': 'restricted-volumes',
  'runAsNonRoot != true': 'run-as-non-root',
  'runAsUser=0': 'run-as-user',
  seLinuxOptions: 'se-linux-options',
  seccompProfile: 'seccomp-profile',
  'unrestricted capabilities': 'capabilities-restricted',
}

type Answer = Readonly<Record<'baseline' | 'restricted', readonly (readonly string[])[]>>

function ask(pods: readonly RandomPod[]): readonly Answer[] {
  const input = pods.map(pod => `${JSON.stringify(pod)}\n`).join('')
  const { stdout, status, stderr } = spawnSync(oracle ?? '', ['pods'], { input, encoding: 'utf8', maxBuffer: 1 << 30 })
  if (status !== 0) throw new Error(`the oracle failed: ${stderr}`)
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Answer)
}

/** Controls whose two strengths the original gives one name. */
function nameOf(id: string): string {
  return id.startsWith('seccomp-profile') ? 'seccomp-profile' : id.replace('proc-mount-restricted', 'proc-mount')
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}

const standards = (['baseline', 'restricted'] as const).flatMap(level =>
  Array.from({ length: newestPolicyMinor + 1 }, (_, minor) => ({ level, minor })),
)

test.skipIf(oracle === undefined)(
  'every control gives the verdict of the original, at both levels and at every version',
  () => {
    const pods = fc.sample(randomPod, { numRuns: Number(cases), seed: Number(seed) })
    const answers = ask(pods)
    const verdicts = pods.flatMap((pod, index) =>
      standards.map(({ level, minor }) => {
        const here = sorted(checkPodSecurity(pod, level, `v1.${minor}`).map(({ control }) => nameOf(control.id)))
        const there = sorted(
          (answers[index]?.[level][minor] ?? ['no answer']).map(reason => controls[reason] ?? reason),
        )
        return { level, minor, pod: index, here: here.join(), there: there.join() }
      }),
    )
    const allowed = verdicts.filter(({ there }) => there === '').length
    console.warn(`${verdicts.length} verdicts compared, ${allowed} of them allowed`)
    expect(allowed).toBeGreaterThan(0)
    expect(verdicts.filter(({ here, there }) => here !== there)).toEqual([])
  },
  600_000,
)

test('random pods reach every control at both verdicts', () => {
  const pods = fc.sample(randomPod, { numRuns: 400, seed: 1 })
  const refused = new Set<string>()
  let allowed = 0
  for (const pod of pods) {
    for (const level of ['baseline', 'restricted'] as const) {
      const found = checkPodSecurity(pod, level, 'latest')
      if (found.length === 0) allowed++
      for (const { control } of found) refused.add(nameOf(control.id))
    }
  }
  expect(allowed).toBeGreaterThan(50)
  expect([...refused].sort()).toEqual(sorted(Object.values(controls)))
})
