// Names and resolution: DNS policy and configuration, host aliases.
// Follows pkg/apis/core/validation/validation.go (validatePodDNSConfig, ValidateHostAliases). Search paths may contain
// underscores, and be ".", since Kubernetes 1.33 (gate RelaxedDNSSearchValidation).

import { dns1123SubdomainFault, underscoreSubdomainFault } from '../../../../manifest/names.ts'
import { at, count, isMistyped, isSet, items, optionalText, text, texts, type Field } from '../field.ts'
import { refuseFault, type Inspection } from '../inspection.ts'
import { refuseIpFault } from '../ip-address.ts'
import type { PodContext } from './pod-context.ts'

const maxNameservers = 3
const maxSearches = 32
const maxSearchCharacters = 2048

/** `dnsPolicy`, `dnsConfig` and `hostAliases`. */
export function inspectDns(inspection: Inspection, { spec }: PodContext): void {
  const config = at(spec, 'dnsConfig')
  const nameservers = at(config, 'nameservers')
  if (text(at(spec, 'dnsPolicy')) === 'None' && count(nameservers) === 0 && !isMistyped(nameservers, 'list')) {
    inspection.refuse('invalid-dns-config', {
      at: isSet(config) ? config : at(spec, 'dnsPolicy'),
      message: 'dnsPolicy "None" needs at least one nameserver in dnsConfig',
    })
  }
  if (count(nameservers) > maxNameservers) {
    inspection.refuse('invalid-dns-config', {
      at: nameservers,
      message: `dnsConfig has ${count(nameservers)} nameservers, at most ${maxNameservers} are allowed`,
    })
  }
  for (const field of items(nameservers)) refuseIpFault(inspection, field, 'nameserver')
  inspectSearches(inspection, at(config, 'searches'))
  for (const option of items(at(config, 'options'))) {
    if (text(at(option, 'name')) !== '' || isMistyped(at(option, 'name'), 'string')) continue
    inspection.refuse('invalid-dns-config', { at: option, message: 'a DNS option has no name' })
  }
  inspectHostAliases(inspection, at(spec, 'hostAliases'))
}

function inspectSearches(inspection: Inspection, searches: Field): void {
  const all = texts(searches)
  if (all.length > maxSearches || all.join(' ').length > maxSearchCharacters) {
    inspection.refuse('invalid-dns-config', {
      at: searches,
      message: `searches have ${all.length} paths with ${all.join(' ').length} characters, at most ${maxSearches} with ${maxSearchCharacters} are allowed`,
    })
  }
  const relaxed = inspection.oldest >= 33
  const check = relaxed ? underscoreSubdomainFault : dns1123SubdomainFault
  for (const field of items(searches)) {
    if (relaxed && optionalText(field) === '.') continue
    refuseFault(inspection, 'invalid-dns-config', {
      field,
      what: 'search path',
      check: value => check(value.endsWith('.') ? value.slice(0, -1) : value),
    })
  }
}

function inspectHostAliases(inspection: Inspection, aliases: Field): void {
  for (const alias of items(aliases)) {
    refuseIpFault(inspection, at(alias, 'ip'), 'ip')
    for (const field of items(at(alias, 'hostnames'))) {
      refuseFault(inspection, 'invalid-host-name', { field, what: 'host name', check: dns1123SubdomainFault })
    }
  }
}
