// SHA-256 (FIPS 180-4) of a text. Node has one too, but loading `node:crypto` takes longer than building an overlay does, and the
// texts hashed here are short: the content of a ConfigMap, a finding.

/** FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const roundConstants = Int32Array.of(
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
)

/** FIPS 180-4, 5.3.3. */
const initialState = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
] as const

type State = [number, number, number, number, number, number, number, number]

/** The digest of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export function sha256(text: string): string {
  const message = padded(Buffer.from(text, 'utf8'))
  const schedule = new Int32Array(64)
  let state: State = [...initialState]
  for (let block = 0; block < message.length; block += 64) state = compress(state, message, block, schedule)
  return state.map(word => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** 5.1.1: a one bit, zeros, and the length in bits, up to a multiple of 64 bytes. */
function padded(bytes: Buffer): Buffer {
  const message = Buffer.alloc(Math.ceil((bytes.length + 9) / 64) * 64)
  bytes.copy(message)
  message[bytes.length] = 0x80
  message.writeUIntBE(bytes.length * 8, message.length - 6, 6)
  return message
}

/** 6.2.2: one block of 64 bytes. */
function compress(before: State, message: Buffer, block: number, schedule: Int32Array): State {
  fillSchedule(schedule, message, block)
  let [a, b, c, d, e, f, g, h] = before
  for (let t = 0; t < 64; t++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const choice = (e & f) ^ (~e & g)
    const first = (h + sum1 + choice + at(roundConstants, t) + at(schedule, t)) | 0
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const majority = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + sum0 + majority) | 0
  }
  const after = [a, b, c, d, e, f, g, h] as const
  return before.map((word, i) => (word + (after[i] ?? 0)) | 0) as State
}

function fillSchedule(schedule: Int32Array, message: Buffer, block: number): void {
  for (let t = 0; t < 16; t++) schedule[t] = message.readInt32BE(block + 4 * t)
  for (let t = 16; t < 64; t++) {
    const x = at(schedule, t - 15)
    const y = at(schedule, t - 2)
    const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    schedule[t] = (at(schedule, t - 16) + small0 + at(schedule, t - 7) + small1) | 0
  }
}

/** Every index used is inside the array. */
function at(words: Int32Array, index: number): number {
  return words[index] ?? 0
}
