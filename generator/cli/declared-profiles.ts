// What the platform of a repository says about the directories being validated.

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
  readonly accept: DeclaredPlatform['accept']
}

/** Loads the platform only when one of the directories could be its own. */
export async function declaredProfiles(
  checkout: Checkout,
  directories: readonly string[],
  world: World,
): Promise<DeclaredProfiles | undefined> {
  const generated = directories.some(directory => /^(k8s|argocd)(\/|$)/.test(directory))
  if (!generated || findPlatform(checkout) === undefined) return undefined
  const { declaredPlatform } = await import('./declared-platform.ts')
  const declared = await declaredPlatform(checkout, world)
  if (declared === undefined) return undefined
  const { rendered, diagnostics, declaredAt, repository, accept, general } = declared
  return {
    profiles: new Map(rendered.environments.map(({ directory, profile }) => [directory, profile])),
    diagnostics,
    declaredAt,
    repository,
    general,
    accept,
  }
}
