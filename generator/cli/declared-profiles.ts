// What the platform of a repository says about what is validated there.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Checkout } from '../io/checkout.ts'
import { findPlatform } from '../io/find-platform.ts'
import type { Profile } from '../model/profile.ts'
import type { Sources } from '../report/locate-diagnostics.ts'
import type { DeclaredPlatform } from './declared-platform.ts'
import type { World } from './world.ts'

export interface DeclaredProfiles {
  /** Directory of an overlay to its environment's facts. */
  readonly profiles: ReadonlyMap<string, Profile>
  readonly diagnostics: readonly Diagnostic[]
  readonly declaredAt: NonNullable<Sources['declaredAt']>
  readonly repository: string | undefined
  readonly general: Profile | undefined
  /** Whether the platform could not be evaluated, so that nothing is known of its rules. */
  readonly broken: boolean
  readonly ownRules: DeclaredPlatform['ownRules']
  readonly accept: DeclaredPlatform['accept']
}

/** The platform that a repository declares, loaded; undefined where it declares none. */
export async function declaredProfiles(checkout: Checkout, world: World): Promise<DeclaredProfiles | undefined> {
  if (findPlatform(checkout) === undefined) return undefined
  const { declaredPlatform } = await import('./declared-platform.ts')
  const declared = await declaredPlatform(checkout, world)
  if (declared === undefined) return undefined
  const { rendered, diagnostics, declaredAt, repository, broken, ownRules, accept, general } = declared
  return {
    profiles: new Map(rendered.environments.map(({ directory, profile }) => [directory, profile])),
    diagnostics,
    declaredAt,
    repository,
    general,
    broken,
    ownRules,
    accept,
  }
}
