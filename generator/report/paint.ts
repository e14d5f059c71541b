// Colours of a terminal (ECMA-48, "select graphic rendition"), or none.

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const

export type Paint = Readonly<Record<keyof typeof codes, (text: string) => string>>

/** The colours, each as a function on a text; where colour is not wanted they leave the text as it is. */
export function createPaint(colour: boolean): Paint {
  const painted = Object.entries(codes).map(([name, [on, off]]) => [
    name,
    colour ? (text: string) => `\u001B[${on}m${text}\u001B[${off}m` : (text: string) => text,
  ])
  return Object.fromEntries(painted) as Paint
}
