// What the API server fills into pods and pod templates before admission: kubernetes/kubernetes, pkg/apis/core/v1/defaults.go, and the
// admission plugins that are on by default. Held against a 1.34 API server.

import { parseImage } from '../../manifest/image.ts'
import { formatQuantity, quantityOf } from '../../manifest/quantity.ts'
import { asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { each, fields, steps, when, within, type Step } from './defaults.ts'

/** Quantities as the server prints them: `1000m` is `1`, and a number is text. */
const quantities: Step = amounts =>
  Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => {
      const quantity = quantityOf(amount)
      return [name, quantity === undefined ? amount : formatQuantity(quantity)]
    }),
  )

export const canonicalResources: Step = steps(within('requests', quantities), within('limits', quantities))

const request: Step = within('httpGet', fields({ path: '/', scheme: 'HTTP' }))

const probe: Step = steps(
  request,
  within('grpc', fields({ service: '' })),
  fields({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
)

const fieldReference: Step = within('fieldRef', fields({ apiVersion: 'v1' }))

const imagePull: Step = container => {
  const image = parseImage(asString(container['image']) ?? '')
  const moving = image?.digest === undefined && (image?.tag ?? 'latest') === 'latest'
  return fields({ imagePullPolicy: moving ? 'Always' : 'IfNotPresent' })(container)
}

const container: Step = steps(
  imagePull,
  fields({ resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' }),
  within('resources', canonicalResources),
  each('ports', fields({ protocol: 'TCP' })),
  each('env', within('valueFrom', fieldReference)),
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map(name => within(name, probe)),
  within('lifecycle', steps(within('preStop', request), within('postStart', request))),
)

const mode: Step = fields({ defaultMode: 420 })

const projection: Step = steps(
  within('serviceAccountToken', fields({ expirationSeconds: 3600 })),
  within('downwardAPI', each('items', fieldReference)),
)

/** A claim as people write it into a pod or a StatefulSet. */
export const claimTemplate: Step = within(
  'spec',
  steps(fields({ volumeMode: 'Filesystem' }), within('resources', canonicalResources)),
)

const volume: Step = steps(
  when(map => Object.keys(map).every(field => field === 'name'), fields({ emptyDir: {} })),
  within('secret', mode),
  within('configMap', mode),
  within('projected', steps(mode, each('sources', projection))),
  within('downwardAPI', steps(mode, each('items', fieldReference))),
  within('hostPath', fields({ type: '' })),
  within('ephemeral', within('volumeClaimTemplate', claimTemplate)),
)

const containers: Step = steps(
  each('containers', container),
  each('initContainers', container),
  each('ephemeralContainers', container),
)

/** The old name of the field is written beside the new one. */
const serviceAccount: Step = spec => {
  const name = spec['serviceAccountName']
  return asString(name) === undefined ? spec : fields({ serviceAccount: name })(spec)
}

/** The spec of a pod template. */
export const templateSpec: Step = steps(
  containers,
  each('volumes', volume),
  fields({
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  }),
  serviceAccount,
)

/** Requests that are not written are those of the limits: in pods, not in templates. */
const requestsOfLimits: Step = within('resources', resources => {
  const limits = asMap(resources['limits'])
  if (Object.keys(limits).length === 0) return resources
  const requests: YamlMap = { ...limits, ...asMap(resources['requests']) }
  return { ...resources, requests }
})

/** The spec of a Pod itself, which passes through more admission plugins than a template. */
export const podSpec: Step = steps(
  fields({ serviceAccountName: 'default', enableServiceLinks: true }),
  when(
    spec => spec['priorityClassName'] === undefined,
    fields({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' }),
  ),
  templateSpec,
  each('containers', requestsOfLimits),
  each('initContainers', requestsOfLimits),
)
