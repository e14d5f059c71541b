// ServiceCIDRs and IPAddresses: the addresses of Services as objects.
// Follows pkg/apis/networking/validation/validation.go (ValidateServiceCIDR, ValidateIPAddress) and apimachinery's
// pkg/util/validation/ip.go (IsValidCIDR, IsValidIP), which are new enough to take canonical spellings only.

import { parseIp } from '../../../manifest/ip.ts'
import { dns1123SubdomainFault, pathSegmentFault } from '../../../manifest/names.ts'
import { at, count, isSet, items, text } from './field.ts'
import { quote, refuseEmpty, refuseNameFault, refuseTooMany, type Inspection } from './inspection.ts'
import { isCanonical, refuseCidrFault, refuseSameFamily } from './ip-address.ts'

const mostBlocks = 2

export function inspectServiceCidr(inspection: Inspection): void {
  const list = at(inspection.root, 'spec', 'cidrs')
  if (refuseEmpty(inspection, list, { what: 'cidrs' })) return
  refuseTooMany(inspection, list, mostBlocks)
  if (count(list) > mostBlocks) return
  const blocks = items(list).map(field => {
    const block = refuseCidrFault(inspection, field, 'address block')
    if (block !== undefined && !isCanonical(text(field).split('/')[0] ?? '', block)) {
      inspection.refuse('invalid-ip', {
        at: field,
        message: `address block ${quote(text(field))} must be in its shortest form, without bits behind the prefix`,
      })
    }
    return block
  })
  refuseSameFamily(inspection, list, blocks)
}

export function inspectIpAddress(inspection: Inspection): void {
  const name = at(inspection.root, 'metadata', 'name')
  const address = parseIp(text(name))
  // No name at all is a finding of its own; one that the server completes is no address.
  const isNamed = isSet(name) || isSet(at(inspection.root, 'metadata', 'generateName'))
  if (isNamed && (address === undefined || !isCanonical(text(name), address))) {
    inspection.refuse('invalid-name', {
      at: name,
      message: `name of the IPAddress ${quote(text(name))} must be an IP address in its shortest form`,
    })
  }
  const parent = at(inspection.root, 'spec', 'parentRef')
  if (!isSet(parent)) {
    refuseEmpty(inspection, parent, { what: 'parentRef' })
    return
  }
  refuseNameFault(inspection, 'invalid-reference-name', {
    field: at(parent, 'group'),
    what: 'group',
    check: dns1123SubdomainFault,
  })
  for (const key of ['resource', 'name', 'namespace']) {
    const field = at(parent, key)
    if (key !== 'namespace') refuseEmpty(inspection, field, { what: `${key} of parentRef` })
    refuseNameFault(inspection, 'invalid-reference-name', { field, what: key, check: pathSegmentFault })
  }
}
