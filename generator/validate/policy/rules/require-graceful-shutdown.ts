// The order to stop reaches a pod before everybody has stopped sending it requests; it has to wait a moment.

import { child } from '../../../manifest/pointer.ts'
import { asList, asMap, asString, type YamlMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { isLongRunning, longRunningKinds, podOf } from '../pods.ts'
import { servingContainers } from '../serving-containers.ts'
import { isExposed } from '../surroundings.ts'

const defaultDrain = 5
const defaultGrace = 30

/** Accident class W5: endpoints are removed and SIGTERM is sent at the same time (kubernetes/kubernetes#43576). */
export const requireGracefulShutdown = definePolicyRule({
  code: 'policy/require-graceful-shutdown',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Pods reached from outside wait before they stop, and have time to finish.',
  kinds: longRunningKinds,
  appliesTo: isLongRunning,
  *check(resource, context) {
    const pod = podOf(resource)
    if (pod === undefined || !isExposed(resource, context)) return
    const drain = context.profile.drainSeconds ?? defaultDrain
    const declared = pod.spec['terminationGracePeriodSeconds']
    const grace = typeof declared === 'number' ? declared : defaultGrace
    for (const container of servingContainers(resource, context)) {
      const preStop = asMap(asMap(container.spec['lifecycle'])['preStop'])
      const at = { resource, pointer: child(container.pointer, 'lifecycle', 'preStop') }
      const pause = pauseOf(preStop)
      if (Object.keys(preStop).length === 0) {
        yield {
          at,
          message: `container "${container.name}" is told to stop while requests from outside are still sent to it`,
          help: `Add lifecycle.preStop.sleep.seconds: ${Math.max(drain, 1)}, so that load balancers notice first.`,
        }
      } else if (pause !== undefined && pause < drain) {
        yield {
          at,
          message: `container "${container.name}" waits "${pause}" seconds before it stops, but requests keep coming for "${drain}"`,
          help: `Let preStop sleep for at least ${drain} seconds.`,
        }
      } else if (pause !== undefined && pause >= grace) {
        yield {
          at: { resource, pointer: child(pod.specPointer, 'terminationGracePeriodSeconds') },
          message: `the pod is killed after "${grace}" seconds, and container "${container.name}" sleeps for "${pause}" of them`,
          help: 'Raise terminationGracePeriodSeconds to the sleep plus the time the process needs to finish its requests.',
        }
      }
    }
  },
})

/** Seconds a preStop hook sleeps; undefined where that cannot be told. */
function pauseOf(preStop: YamlMap): number | undefined {
  const seconds = asMap(preStop['sleep'])['seconds']
  if (typeof seconds === 'number') return seconds
  const command = asList(asMap(preStop['exec'])['command']).map(part => asString(part) ?? '')
  const match = /(?:^|[\s;&/])sleep\s+(\d+)(?![.\d])/.exec(command.join(' '))
  return match === null ? undefined : Number(match[1])
}
