// How a service is reached from outside the cluster.

export type Exposure =
  | { readonly type: 'none' }
  | {
      readonly type: 'load-balancer'
      readonly port: number
      readonly annotations?: Readonly<Record<string, string>>
      readonly sourceRanges?: readonly string[]
    }
  | {
      readonly type: 'ingress'
      readonly className: string
      readonly host: string
      readonly path: `/${string}`
      readonly tlsSecret?: string
      readonly annotations?: Readonly<Record<string, string>>
    }
  | {
      readonly type: 'gateway'
      readonly gateway: string
      readonly gatewayNamespace?: string
      readonly host: string
      readonly path: `/${string}`
    }

/** A Service of type LoadBalancer, on port 80 unless told otherwise. */
export function loadBalancer(
  options: {
    readonly port?: number
    readonly annotations?: Readonly<Record<string, string>>
    readonly sourceRanges?: readonly string[]
  } = {},
): Exposure {
  return { type: 'load-balancer', port: 80, ...options }
}

/** An Ingress of a class ('traefik', 'nginx', …) for one host; with TLS where `tlsSecret` names a certificate. */
export function ingress(options: {
  readonly className: string
  readonly host: string
  readonly path?: `/${string}`
  readonly tlsSecret?: string
  readonly annotations?: Readonly<Record<string, string>>
}): Exposure {
  return { type: 'ingress', path: '/', ...options }
}

/** An HTTPRoute (Gateway API) attached to a Gateway that someone else runs. */
export function gateway(options: {
  readonly gateway: string
  readonly gatewayNamespace?: string
  readonly host: string
  readonly path?: `/${string}`
}): Exposure {
  return { type: 'gateway', path: '/', ...options }
}

/** Reached from inside the namespace only. */
export function internal(): Exposure {
  return { type: 'none' }
}
