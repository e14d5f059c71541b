// What calls and comparisons cost by the size of their values, on top of the one unit that every call costs.
// Follows k8s.io/apiserver/pkg/cel/library/cost.go (CallCost), cel-go's interpreter/runtimecost.go (costCall), ext/lists.go and
// ext/sets.go, and never says less.

import { spend } from './effort.ts'
import { FormatValue } from './library/named-format.ts'
import { CelError, isCelList, isCelMap, Optional, type CelValue } from './values.ts'

/** A text counts a tenth of its length. */
function walked(value: CelValue | undefined, times = 1): number {
  return Math.ceil((sizeOf(value) * times) / 10)
}

function sizeOf(value: CelValue | undefined): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length
  if (isCelList(value ?? null)) return (value as readonly CelValue[]).length
  if (isCelMap(value ?? null)) return (value as { readonly size: number }).size
  return value instanceof Optional ? sizeOf(value.value) : 1
}

/** Everything inside, texts by a tenth of their length. */
function traversed(value: CelValue | undefined): number {
  if (typeof value === 'string') return Buffer.byteLength(value) / 10
  if (value instanceof Uint8Array) return value.length / 10
  if (isCelList(value ?? null))
    return (value as readonly CelValue[]).reduce((total: number, entry) => total + traversed(entry), 0)
  return 1
}

/** How long the pattern behind a named format is, at most; that of URLs is far longer than the others. */
function patternLength(format: CelValue | undefined): number {
  return format instanceof FormatValue && format.name !== 'uri' ? 100 : 1103
}

type Price = (values: readonly CelValue[], result: CelValue) => number

const matched: Price = ([text, pattern]) => (1 + walked(text)) * Math.ceil(sizeOf(pattern) / 4)
const compared = (value: CelValue | undefined): number => 11 + 2.1 * sizeOf(value) ** 2

function each(names: string, price: Price): readonly (readonly [string, Price])[] {
  return names.split(/\s+/).map(name => [name, price])
}

const prices: ReadonlyMap<string, Price> = new Map([
  ...each('.startsWith .endsWith bytes string strings.quote .format', ([value]) => walked(value)),
  ...each('.lowerAscii .upperAscii .substring .trim', ([value]) => walked(value)),
  ...each('url isURL isIP isCIDR ip cidr quantity isQuantity semver isSemver', ([value]) => walked(value)),
  ...each('.replace .split ip.isCanonical', ([value]) => walked(value, 2)),
  ...each('.join', (_, result) => walked(result, 2)),
  ...each('matches .matches .find .findAll', matched),
  ...each('.contains', ([text, part]) => walked(text) * walked(part)),
  ...each('.isSorted .sum .max .min .indexOf .lastIndexOf', ([list]) => traversed(list)),
  ...each('.containsIP .containsCIDR', ([, other]) => 8 + walked(other)),
  ...each('.validate', ([format, text]) => Math.ceil(patternLength(format) / 4) * (1 + walked(text))),
  ...each('sets.contains sets.intersects', ([a, b]) => sizeOf(a) * sizeOf(b)),
  ...each('sets.equivalent', ([a, b]) => 2 * sizeOf(a) * sizeOf(b)),
  ...each('lists.range .slice .reverse', (_, result) => 11 + sizeOf(result)),
  ...each('.flatten', ([list, levels]) => 11 + sizeOf(list) * Number(typeof levels === 'bigint' ? levels : 1n)),
  ...each('.distinct .sort', ([list]) => compared(list)),
])

/** A function that counts what its calls cost; itself where that is one unit. */
export function countingCalls<F extends (...values: CelValue[]) => CelValue>(name: string, callee: F): F | Counting {
  const price = prices.get(name)
  if (price === undefined) return callee
  return (...values) => {
    const result = attemptCall(callee, values)
    // The server counts calls that fail, too.
    spend(price(values, result instanceof CelError ? null : result))
    if (result instanceof CelError) throw result
    return result
  }
}

function attemptCall(callee: Counting, values: readonly CelValue[]): CelValue | CelError {
  try {
    return callee(...values)
  } catch (error) {
    if (error instanceof CelError) return error
    throw error
  }
}

type Counting = (...values: CelValue[]) => CelValue

/** Two values are equal, or in order, as far as the shorter one goes. */
export function spendComparison(a: CelValue, b: CelValue): void {
  const shorter = Math.min(sizeOf(a), sizeOf(b))
  if (shorter > 10) spend(Math.ceil(shorter / 10))
}

/** Looking for a value in a list. */
export function spendSearch(container: CelValue): void {
  if (isCelList(container)) spend(container.length)
}

/** Putting two values together; lists cost nothing to join. */
export function spendJoin(a: CelValue, b: CelValue): void {
  if (typeof a === 'string' || a instanceof Uint8Array) spend(walked(a) + walked(b))
}

/** Sorting by keys compares each with each. */
export function spendSort(count: number): void {
  spend(11 + 2.1 * count ** 2)
}
