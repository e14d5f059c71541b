// What `--only` may name: families, this tool's codes, and the codes of the platform's own rules.

import { hint } from '../diagnostics/suggest.ts'
import { allRules } from '../validate/check-environment.ts'
import { UsageError } from './command.ts'
import type { DeclaredPlatform } from './declared-platform.ts'

const families: readonly string[] = [
  'schema',
  'reference',
  'policy',
  'pod-security',
  'admission',
  'argocd',
  'kustomize',
  'yaml',
  'model',
  'repository',
]
/** Families with codes that are no rules of an environment. */
const openFamilies: readonly string[] = ['schema', 'kustomize', 'yaml', 'argocd', 'admission', 'model']

/**
 * The names as they are; a name that stands for nothing is a mistake in the call.
 * @param platforms those of the repositories that are validated
 */
export function checkedOnly(
  only: readonly string[],
  platforms: readonly Pick<DeclaredPlatform, 'broken' | 'ownRules'>[],
): readonly string[] {
  const own = platforms.flatMap(({ ownRules }) => ownRules.rules.map(({ code }) => code))
  const codes: readonly string[] = [...allRules().map(({ code }) => code), ...own]
  // Which rules a platform has that cannot be evaluated is not known; that it cannot is said then.
  const anyPolicy = platforms.some(({ broken }) => broken)
  for (const name of only) {
    const [family = ''] = name.split('/', 1)
    const known = name.includes('/')
      ? codes.includes(name) || openFamilies.includes(family) || (anyPolicy && family === 'policy')
      : families.includes(name)
    if (!known) throw new UsageError(`--only knows no "${name}"${hint(name, [...families, ...codes])}`)
  }
  return only
}
