// The functions and types of Kubernetes' CEL environment, by the release that brought them.
// k8s.io/apiserver/pkg/cel/environment/base.go

import type { CelFunction, Library } from './compilation.ts'
import { authorizerFunctions } from './library/authorizer.ts'
import { formatFunctions } from './library/named-format.ts'
import { listFunctions, withListIndex } from './library/lists.ts'
import { netFunctions, netText } from './library/net.ts'
import { optionalFunctions } from './library/optionals.ts'
import { quantityComparisons, quantityFunctions } from './library/quantity.ts'
import { regexFunctions } from './library/regex.ts'
import { semverComparisons, semverFunctions } from './library/semver.ts'
import { setFunctions } from './library/sets.ts'
import { standardFunctions, standardTypes } from './library/standard.ts'
import { stringFunctions } from './library/strings.ts'
import { urlFunctions } from './library/url.ts'
import { isOpaque, noOverload } from './values.ts'

/** `isLessThan`, `isGreaterThan` and `compareTo` go by the type of what they compare. */
function shared(name: string): CelFunction {
  return (value = null, ...rest) => {
    const type = isOpaque(value) ? value.celType : ''
    const table = { 'kubernetes.Quantity': quantityComparisons, 'kubernetes.Semver': semverComparisons }[type]
    return table?.[name]?.(value, ...rest) ?? noOverload(name, [value, ...rest])
  }
}

/** `ip` is a function and, for CIDR blocks, a method. */
export const kubernetesLibrary: Library = {
  functions: new Map(
    Object.entries({
      ...standardFunctions,
      ...stringFunctions,
      ...regexFunctions,
      ...listFunctions,
      ...setFunctions,
      ...optionalFunctions,
      ...quantityFunctions,
      ...urlFunctions,
      ...netFunctions,
      ...semverFunctions,
      ...formatFunctions,
      ...authorizerFunctions,
      '.indexOf': withListIndex('indexOf', stringFunctions['.indexOf'] as CelFunction),
      '.lastIndexOf': withListIndex('lastIndexOf', stringFunctions['.lastIndexOf'] as CelFunction),
      string: (value = null) => netText(value) ?? (standardFunctions['string'] as CelFunction)(value),
      '.isLessThan': shared('isLessThan'),
      '.isGreaterThan': shared('isGreaterThan'),
      '.compareTo': shared('compareTo'),
    }),
  ),
  types: new Set([...standardTypes, 'net.CIDR', 'net.IP']),
}
