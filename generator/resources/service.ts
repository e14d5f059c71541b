// Services, and what leads to them from outside: a load balancer, an Ingress, or an HTTPRoute.

import type { Service as KubernetesService } from 'kubernetes-types/core/v1.js'
import type { Ingress } from 'kubernetes-types/networking/v1.js'
import type { Service } from '../model/component.ts'
import { loadBalancer, type Exposure } from '../model/exposure.ts'
import { objectName } from '../model/object-names.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { componentLabels, selectorLabels } from './labels.ts'
import { given, toData, type Draft, type WantedObject } from './wanted-object.ts'

const httpPort = 80

export function service(resolved: ResolvedPlatform, component: Service): readonly WantedObject[] {
  const exposure = exposureOf(component)
  const route = routeTo(resolved, component, exposure)
  return [
    wanted(component, 'service.yaml', serviceObject(resolved, component, exposure)),
    ...(route === undefined ? [] : [wanted(component, route.file, route.object)]),
  ]
}

/** How a service is exposed; by load balancer where the declaration says nothing, as ADR-010 has it. */
export function exposureOf(component: Service): Exposure {
  return component.settings.expose ?? loadBalancer()
}

function serviceObject(resolved: ResolvedPlatform, component: Service, exposure: Exposure): KubernetesService {
  const platform = resolved.platform.name
  const balanced = exposure.type === 'load-balancer'
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: objectName(platform, component),
      namespace: resolved.namespace,
      labels: componentLabels(platform, component),
      ...given('annotations', balanced && exposure.annotations ? { ...exposure.annotations } : undefined),
    },
    spec: {
      ...given('type', balanced ? 'LoadBalancer' : undefined),
      ...given('loadBalancerSourceRanges', balanced && exposure.sourceRanges ? [...exposure.sourceRanges] : undefined),
      selector: selectorLabels(platform, component),
      ports: [{ name: 'http', port: balanced ? exposure.port : httpPort, targetPort: 'http' }],
    },
  }
}

function routeTo(
  resolved: ResolvedPlatform,
  component: Service,
  exposure: Exposure,
): { readonly file: string; readonly object: Draft } | undefined {
  const platform = resolved.platform.name
  const metadata = {
    name: objectName(platform, component),
    namespace: resolved.namespace,
    labels: componentLabels(platform, component),
  }
  if (exposure.type === 'ingress') return { file: 'ingress.yaml', object: ingressObject(metadata, exposure) }
  if (exposure.type === 'gateway') return { file: 'http-route.yaml', object: httpRoute(metadata, exposure) }
  return undefined
}

type Metadata = { name: string; namespace: string; labels: Record<string, string> }

function ingressObject(metadata: Metadata, exposure: Extract<Exposure, { type: 'ingress' }>): Ingress {
  const { className, host, path, tlsSecret, annotations } = exposure
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata, ...given('annotations', annotations && { ...annotations }) },
    spec: {
      ingressClassName: className,
      ...given('tls', tlsSecret === undefined ? undefined : [{ hosts: [host], secretName: tlsSecret }]),
      rules: [
        {
          host,
          http: {
            paths: [
              { path, pathType: 'Prefix', backend: { service: { name: metadata.name, port: { name: 'http' } } } },
            ],
          },
        },
      ],
    },
  }
}

/** https://gateway-api.sigs.k8s.io/api-types/httproute/ */
function httpRoute(metadata: Metadata, exposure: Extract<Exposure, { type: 'gateway' }>): Draft {
  const { gateway, gatewayNamespace, host, path } = exposure
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata,
    spec: {
      parentRefs: [{ name: gateway, ...given('namespace', gatewayNamespace) }],
      hostnames: [host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: path } }],
          backendRefs: [{ name: metadata.name, port: httpPort }],
        },
      ],
    },
  }
}

function wanted(component: Service, file: string, object: Draft): WantedObject {
  return {
    object: toData(object),
    file,
    component: component.name,
    entry: { site: component.site, path: [] },
    fields: [
      { pointer: '/spec/type', path: ['expose'] },
      { pointer: '/spec/ports', path: ['port'] },
      { pointer: '/spec/rules', path: ['expose'] },
      { pointer: '/spec/ingressClassName', path: ['expose', 'className'] },
    ],
  }
}
