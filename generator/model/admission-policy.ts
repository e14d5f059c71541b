// Rules the cluster enforces, too: the same expression is checked here before the commit and by the API server at every sync.

/** Workloads a policy may look at, by resource name. */
export type PolicedResource = 'deployments' | 'statefulsets' | 'daemonsets' | 'jobs' | 'cronjobs'

export interface AdmissionPolicy {
  readonly name: string
  readonly resources: readonly [PolicedResource, ...PolicedResource[]]
  /** Names for parts of the object, usable as `variables.<name>` in the validations. */
  readonly variables?: Readonly<Record<string, string>>
  /** CEL expressions that must be true of every object; `object` is the object. */
  readonly validations: readonly [PolicyValidation, ...PolicyValidation[]]
  /** `Deny` where absent. */
  readonly actions?: readonly ('Deny' | 'Warn' | 'Audit')[]
}

export interface PolicyValidation {
  readonly expression: string
  /** What is wrong when it is false, and what to do. */
  readonly message: string
}

/** The policies of a platform, and what Argo CD syncs them from. */
export interface Admission {
  /** Full Git ref, or commit; pinned, since production's cluster enforces them. */
  readonly revision: string
  readonly policies: readonly AdmissionPolicy[]
}

/** A ValidatingAdmissionPolicy, bound to the namespaces of this platform. */
export function admissionPolicy(name: string, settings: Omit<AdmissionPolicy, 'name'>): AdmissionPolicy {
  return { name, ...settings }
}
