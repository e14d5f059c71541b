// The path of a value from a variable: `self`, `spec`, `@items`. Two paths may share what they are made of, and adding to one can
// change the other: cel-go appends to slices that it hands on, and its estimates depend on what comes of that.
// https://go.dev/blog/slices-intro (growth by doubling holds up to 256 names)

export interface FieldPath {
  readonly names: string[]
  readonly length: number
  readonly room: number
}

export function pathOf(name: string): FieldPath {
  return { names: [name], length: 1, room: 1 }
}

/** The path with a name more: in place where there is room behind it, in a copy of twice the room otherwise. */
export function extendPath(path: FieldPath | undefined, name: string): FieldPath {
  const { names, length, room } = path ?? { names: [], length: 0, room: 0 }
  if (length < room) {
    names[length] = name
    return { names, length: length + 1, room }
  }
  return { names: [...names.slice(0, length), name], length: length + 1, room: Math.max(1, room * 2) }
}

/** The names as they are now. */
export function namesOf({ names, length }: FieldPath): readonly string[] {
  return names.slice(0, length)
}
