// Health checks of a component, in the words of Kubernetes but without its nesting.

/** Times in seconds; Kubernetes' own defaults where absent. */
export interface ProbeTiming {
  /** initialDelaySeconds */
  readonly delay?: number
  /** periodSeconds */
  readonly period?: number
  /** timeoutSeconds */
  readonly timeout?: number
  readonly failureThreshold?: number
}

export type ProbeHandler =
  | { readonly type: 'http'; readonly path: `/${string}`; readonly port?: number }
  | { readonly type: 'tcp'; readonly port?: number }
  | { readonly type: 'exec'; readonly command: readonly [string, ...string[]] }
  | { readonly type: 'grpc'; readonly port?: number; readonly service?: string }

export type Probe = ProbeHandler & ProbeTiming

export interface Probes {
  readonly liveness?: Probe
  readonly readiness?: Probe
  readonly startup?: Probe
}

/** GET `path` on the component's port answers 200–399. */
export function http(path: `/${string}`, timing: ProbeTiming & { readonly port?: number } = {}): Probe {
  return { type: 'http', path, ...timing }
}

/** A TCP connection to the component's port succeeds. */
export function tcp(timing: ProbeTiming & { readonly port?: number } = {}): Probe {
  return { type: 'tcp', ...timing }
}

/** A command in the container exits 0. */
export function exec(command: readonly [string, ...string[]], timing: ProbeTiming = {}): Probe {
  return { type: 'exec', command, ...timing }
}
