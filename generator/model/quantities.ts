// Quantities as types: what the editor can check of a resource amount before anything runs.

type BinarySuffix = 'Ki' | 'Mi' | 'Gi' | 'Ti' | 'Pi'
type DecimalSuffix = 'k' | 'M' | 'G' | 'T' | 'P'

/** CPU in cores: '1', '0.5', or thousandths of one: '500m'. */
export type Cpu = `${number}` | `${number}m`

/** Bytes with a suffix: '128Mi', '1Gi', '500M'. */
export type Bytes = `${number}${BinarySuffix | DecimalSuffix}`

export interface ResourceAmounts {
  readonly cpu?: Cpu
  readonly memory?: Bytes
  readonly 'ephemeral-storage'?: Bytes
}

/** What a container asks for, and the most it may take. */
export interface Resources {
  readonly requests: ResourceAmounts
  readonly limits?: ResourceAmounts
}
