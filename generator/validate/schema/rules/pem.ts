// PEM text, as far as it can be read without cryptography: the blocks, and whether their bytes are one ASN.1 sequence.
// Follows Go's encoding/pem: text around blocks is passed over, and a block that does not end is none.

export interface PemBlock {
  readonly type: string
  readonly bytes: string
  readonly headers: boolean
}

const block = /-----BEGIN ([^\n-]*(?:-[^\n-]+)*)-----[ \t\r]*\n([\s\S]*?)(?:^|\n)-----END \1-----/g

/** The blocks of a text; `bytes` has a character per byte. */
export function pemBlocks(pem: string): readonly PemBlock[] {
  const blocks: PemBlock[] = []
  for (const [, type = '', body = ''] of pem.matchAll(block)) {
    const lines = body.split('\n')
    const headers = lines.some(line => line.includes(':'))
    const base64 = lines
      .filter(line => !line.includes(':'))
      .join('')
      .replaceAll(/\s/g, '')
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) continue
    blocks.push({ type, headers, bytes: atob(base64) })
  }
  return blocks
}

/** Whether bytes are one ASN.1 sequence of exactly their length: what certificates and requests are. */
export function isSequence(bytes: string): boolean {
  if (bytes.charCodeAt(0) !== 0x30) return false
  const first = bytes.charCodeAt(1)
  if (first < 0x80) return bytes.length === first + 2
  const size = first - 0x80
  let length = 0
  for (let index = 0; index < size; index++) length = length * 256 + bytes.charCodeAt(index + 2)
  return size > 0 && bytes.length === length + size + 2
}
