// Node ports of Services. Follows pkg/apis/core/validation/validation.go (validateService); the range is the API server's
// default, --service-node-port-range=30000-32767.

import { at, integer, text, type Field } from './field.ts'
import { quote, type Inspection } from './inspection.ts'

const name = 'invalid-node-port'
const lowest = 30_000
const highest = 32_767

/** `nodePort` of each port. */
export function inspectNodePorts(inspection: Inspection, ports: readonly Field[], type: string): void {
  const seen = new Set<string>()
  for (const port of ports) {
    const field = at(port, 'nodePort')
    const number = integer(field)
    if (number === undefined || number === 0) continue
    const key = `${text(at(port, 'protocol')) || 'TCP'}/${number}`
    const fault = faultOf(number, type, seen.has(key))
    seen.add(key)
    if (fault === undefined) continue
    inspection.refuse(name, { at: field, message: `nodePort ${quote(number)} ${fault}` })
  }
}

function faultOf(number: number, type: string, isRepeated: boolean): string | undefined {
  if (type === 'ClusterIP') return 'must not be set for type "ClusterIP"'
  if (isRepeated) return 'is used twice'
  return number < lowest || number > highest ? `must be between ${lowest} and ${highest}` : undefined
}
