// Base64 in manifests: sizes without decoding, and text. Pure: no Buffer.

/** How many bytes a base64 text stands for. */
export function base64Bytes(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return Math.max(0, Math.floor((text.length * 3) / 4) - padding)
}

/** The text behind valid base64, read as UTF-8. */
export function decodeBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), letter => letter.charCodeAt(0)))
}
