// Cluster addresses and address families of Services.
// Follows pkg/apis/core/validation/validation.go (ValidateServiceClusterIPsRelatedFields) and
// pkg/registry/core/service/storage/alloc.go (initIPFamilyFields).

import type { IpAddress } from '../../../manifest/ip.ts'
import { at, count, isSet, items, optionalText, text, texts, type Field } from './field.ts'
import { quote, refuseEmpty, refuseUnsupported, type Inspection } from './inspection.ts'
import { refuseIpFault } from './ip-address.ts'

const name = 'invalid-cluster-ip'

/** `clusterIP`, `clusterIPs`, `ipFamilies` and `ipFamilyPolicy`. */
export function inspectClusterIps(inspection: Inspection, spec: Field): void {
  const list = at(spec, 'clusterIPs')
  const single = at(spec, 'clusterIP')
  inspectAgreement(inspection, single, list)
  inspectFamilies(inspection, spec)
  const fields = count(list) > 0 ? items(list) : isSet(single) && text(single) !== '' ? [single] : []
  if (texts(list)[0] === 'None' && fields.length > 1) {
    inspection.refuse(name, { at: list, message: '"None" must be the only cluster IP' })
    return
  }
  const addresses = fields.map(field =>
    optionalText(field) === 'None' && field === fields[0] ? undefined : refuseIpFault(inspection, field, 'cluster IP'),
  )
  if (fields.length > 2)
    inspection.refuse(name, { at: list, message: `${fields.length} cluster IPs are set, at most 2 are allowed` })
  inspectPairing(inspection, spec, fields, addresses)
}

function inspectAgreement(inspection: Inspection, single: Field, list: Field): void {
  const [first] = texts(list)
  if (first === undefined || text(single) === first) return
  inspection.refuse(name, {
    at: list,
    message:
      text(single) === ''
        ? 'clusterIPs needs clusterIP with the same first value'
        : `the first of clusterIPs ${quote(first)} must be the clusterIP ${quote(text(single))}`,
    help: `Set "clusterIP: ${first}".`,
  })
}

function inspectFamilies(inspection: Inspection, spec: Field): void {
  const families = at(spec, 'ipFamilies')
  const seen = new Set<string>()
  for (const field of items(families)) {
    refuseUnsupported(inspection, name, { field, what: 'IP family', allowed: ['IPv4', 'IPv6'] })
    if (seen.has(text(field))) {
      inspection.refuse(name, { at: field, message: `IP family ${quote(text(field))} is listed twice` })
    }
    seen.add(text(field))
  }
  const policy = at(spec, 'ipFamilyPolicy')
  refuseEmpty(inspection, policy, { what: 'ipFamilyPolicy', inSchema: true })
  const isSelectorless = text(at(spec, 'clusterIP')) === 'None' && count(at(spec, 'selector')) === 0
  const isSingle = isSet(policy) ? text(policy) === 'SingleStack' : !isSelectorless
  if (!isSingle || (seen.size < 2 && count(at(spec, 'clusterIPs')) !== 2)) return
  inspection.refuse(name, {
    at: isSet(policy) ? policy : seen.size < 2 ? at(spec, 'clusterIPs') : families,
    message: 'several addresses or families need ipFamilyPolicy "PreferDualStack" or "RequireDualStack"',
  })
}

function inspectPairing(
  inspection: Inspection,
  spec: Field,
  fields: readonly Field[],
  addresses: readonly (IpAddress | undefined)[],
): void {
  const [first, second] = addresses
  if (first !== undefined && second !== undefined && first.family === second.family) {
    inspection.refuse(name, { at: at(spec, 'clusterIPs'), message: 'cluster IPs must be of different families' })
  }
  const families = texts(at(spec, 'ipFamilies'))
  for (const [index, address] of addresses.entries()) {
    const field = fields[index]
    const family = families[index]
    if (address === undefined || field === undefined || family === undefined || family === `IPv${address.family}`)
      continue
    inspection.refuse(name, {
      at: field,
      message: `cluster IP ${quote(text(field))} must be ${family}, as ipFamilies says`,
    })
  }
}
