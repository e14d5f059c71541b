// Files as data: what every stage that "writes" returns and every stage that "reads" takes. Tests need no disk.

/** Relative POSIX path (no leading `./`, no `..`) to the file's text. */
export type FileTree = ReadonlyMap<string, string>

/** Joins several trees; a path that occurs twice is a bug in the caller. */
export function joinTrees(...trees: readonly FileTree[]): FileTree {
  const all = new Map<string, string>()
  for (const tree of trees) {
    for (const [path, text] of tree) {
      if (all.has(path)) throw new Error(`two stages write ${path}`)
      all.set(path, text)
    }
  }
  return all
}

/**
 * The bytes of a file as the text a FileTree holds. Bytes that are no UTF-8 become the lone surrogates U+DC80..U+DCFF, one for one
 * (Python's "surrogateescape", PEP 383), so that `encodeFile` gives the same bytes back and a binary file can be told from text.
 */
export function decodeFile(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  if (!text.includes('\ufffd') || Buffer.from(text, 'utf8').equals(bytes)) return text
  let escaped = ''
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at)
    escaped += length === 0 ? String.fromCharCode(0xdc00 + bytes[at]!) : bytes.toString('utf8', at, at + length)
    at += Math.max(1, length)
  }
  return escaped
}

/** The bytes a text of a FileTree stands for. */
export function encodeFile(text: string): Buffer {
  if (!isBinary(text)) return Buffer.from(text, 'utf8')
  const parts = text.split(/(?<![\ud800-\udbff])([\udc80-\udcff])/)
  return Buffer.concat(
    parts.map((part, i) => (i % 2 === 0 ? Buffer.from(part, 'utf8') : Buffer.from([part.charCodeAt(0) - 0xdc00]))),
  )
}

/** Whether a text of a FileTree stands for bytes that are no UTF-8. */
export function isBinary(text: string): boolean {
  return /(?<![\ud800-\udbff])[\udc80-\udcff]/.test(text)
}

/** Length of the valid UTF-8 sequence that starts at a byte; 0 where none does. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at]!
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (length === 0 || at + length > bytes.length) return 0
  return bytes.toString('utf8', at, at + length).includes('\ufffd') && length !== 1 && !isReplacement(bytes, at)
    ? 0
    : length
}

/** U+FFFD itself, spelt out in the file. */
function isReplacement(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd
}

/** A tree read on demand: it can tell a directory, and list it, without listing all its files (which may be a whole disk). */
export interface DemandTree extends FileTree {
  readonly isDirectory: (path: string) => boolean
  /** As `filesUnder` below. */
  readonly filesUnder: (directory: string) => readonly string[]
}

/** The files below a directory of a tree ('' is its root), sorted: asked of the tree itself where it can tell, else found among all. */
export function filesUnder(tree: FileTree, directory: string): readonly string[] {
  if (isDemandTree(tree)) return tree.filesUnder(directory)
  const prefix = directory === '' ? '' : `${directory}/`
  return [...tree.keys()].filter(path => path.startsWith(prefix)).sort()
}

/** Whether a path is a directory of a tree ('' is its root): asked of the tree itself where it can tell, else found from its files. */
export function directoryTest(tree: FileTree): (path: string) => boolean {
  if (isDemandTree(tree)) return path => path === '' || tree.isDirectory(path)
  const directories = new Set([''])
  for (const path of tree.keys()) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const parent = path.slice(0, slash)
      if (directories.has(parent)) break
      directories.add(parent)
    }
  }
  return path => directories.has(path)
}

function isDemandTree(tree: FileTree): tree is DemandTree {
  return 'isDirectory' in tree
}

/** A tree in which one file has another text. The rest is read from the first tree, when it is asked for. */
export function withFile(tree: FileTree, path: string, text: string): DemandTree {
  const whole = (): ReadonlyMap<string, string> => new Map([...tree.entries(), [path, text]])
  return {
    isDirectory: directoryTest(tree),
    filesUnder: directory => filesUnder(tree, directory),
    get: key => (key === path ? text : tree.get(key)),
    has: key => key === path || tree.has(key),
    get size() {
      return tree.size
    },
    keys: () => tree.keys(),
    values: () => whole().values(),
    entries: () => whole().entries(),
    [Symbol.iterator]: () => whole().entries(),
    forEach: visit => whole().forEach(visit),
  }
}
