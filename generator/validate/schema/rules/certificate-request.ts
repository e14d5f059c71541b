// CertificateSigningRequests and ClusterTrustBundles: names of signers, usages, and whether the text is PEM of the right kind.
// Follows pkg/apis/certificates/validation/validation.go and pkg/apis/core/validation/names.go (ValidateSignerName). The request's
// signature is not verified here; an API server does.

import { dns1123LabelFault, dns1123SubdomainFault } from '../../../manifest/names.ts'
import { isBase64 } from '../formats.ts'
import { decodeBase64 } from './base64.ts'
import { at, isSet, items, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseNameFault,
  refuseOutside,
  refuseRepeated,
  refuseUnsupported,
  type Inspection,
} from './inspection.ts'
import { pemBlocks, isSequence } from './pem.ts'

const name = 'invalid-certificate-request'
const shortestSeconds = 600
const legacySigner = 'kubernetes.io/legacy-unknown'
const longestBundle = 1024 * 1024

const usages = [
  'signing',
  'digital signature',
  'content commitment',
  'key encipherment',
  'key agreement',
  'data encipherment',
  'cert sign',
  'crl sign',
  'encipher only',
  'decipher only',
  'any',
  'server auth',
  'client auth',
  'code signing',
  'email protection',
  's/mime',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'timestamping',
  'ocsp signing',
  'microsoft sgc',
  'netscape sgc',
]

export function inspectCertificateRequest(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  const signer = at(spec, 'signerName')
  refuseEmpty(inspection, signer, { what: 'signerName', inSchema: true })
  refuseNameFault(inspection, name, { field: signer, what: 'signerName', check: signerFault })
  refuseOutside(inspection, at(spec, 'expirationSeconds'), { what: 'expirationSeconds', min: shortestSeconds })
  const used = at(spec, 'usages')
  refuseEmpty(inspection, used, { what: 'usages' })
  for (const usage of items(used)) {
    refuseUnsupported(inspection, 'unsupported-value', { field: usage, what: 'usage', allowed: usages })
  }
  refuseRepeated(inspection, items(used), 'usage')
  const request = at(spec, 'request')
  if (!isSet(request) || !isBase64(text(request)) || isCertificateRequest(decodeBase64(text(request)))) return
  inspection.refuse(name, {
    at: request,
    message: 'the request is no PEM block of type CERTIFICATE REQUEST in base64',
    help: 'Write what "openssl req -new" prints, encoded once more in base64 on one line.',
  })
}

function isCertificateRequest(pem: string): boolean {
  const [block] = pemBlocks(pem)
  return block?.type === 'CERTIFICATE REQUEST' && isSequence(block.bytes)
}

function signerFault(value: string): string | undefined {
  if (value === legacySigner) return 'is the name of a signer of old API versions'
  const [domain = '', path, more] = value.split('/')
  if (path === undefined || more !== undefined) return 'must be a domain and a path, such as "example.com/signer"'
  const labels = domain.split('.')
  if (labels.length < 2) return 'must start with a domain of at least two parts'
  const fault = labels.map(dns1123LabelFault).find(found => found !== undefined)
  if (fault !== undefined) return `${fault} in each part of its domain`
  const pathFault = path.split('.').map(dns1123SubdomainFault)
  return pathFault.find(found => found !== undefined)
}

export function inspectTrustBundle(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  const signer = at(spec, 'signerName')
  const metadata = at(inspection.root, 'metadata')
  const objectName = at(metadata, isSet(at(metadata, 'name')) ? 'name' : 'generateName')
  const prefix = text(signer) === '' ? '' : `${text(signer).replaceAll('/', ':')}:`
  refuseNameFault(inspection, name, { field: signer, what: 'signerName', check: signerFault })
  if (isSet(objectName) && !text(objectName).startsWith(prefix)) {
    inspection.refuse('invalid-name', {
      at: objectName,
      message: `name of the ClusterTrustBundle ${quote(text(objectName))} must start with its signer, ${quote(prefix)}`,
    })
  } else if (objectName.key === 'name') {
    const check = (value: string): string | undefined => dns1123SubdomainFault(value.slice(prefix.length))
    refuseNameFault(inspection, 'invalid-name', { field: objectName, what: 'name of the ClusterTrustBundle', check })
  }
  inspectBundle(inspection, at(spec, 'trustBundle'))
}

function inspectBundle(inspection: Inspection, bundle: Field): void {
  const pem = text(bundle)
  if (typeof bundle.value !== 'string') return
  const blocks = pemBlocks(pem)
  const fault =
    pem.length > longestBundle
      ? 'is larger than 1 MiB'
      : blocks.length === 0
        ? 'holds no certificate'
        : blocks.every(({ type, bytes, headers }) => type === 'CERTIFICATE' && !headers && isSequence(bytes))
          ? undefined
          : 'holds something other than certificates'
  if (fault !== undefined) inspection.refuse(name, { at: bundle, message: `trustBundle ${fault}` })
}
