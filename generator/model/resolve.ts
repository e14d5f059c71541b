// A platform seen from one environment: overrides applied, defaults filled in. The base is the platform seen from none.

import type { Component, ComponentType, Migration } from './component.ts'
import type { Environment, Platform } from './platform.ts'

export interface ResolvedPlatform {
  readonly platform: Platform
  /** The environment's name; absent for the base. */
  readonly environment?: string
  readonly settings?: Environment
  readonly namespace: string
  readonly production: boolean
  /** In declaration order, with this environment's settings. */
  readonly components: readonly Component[]
  /** Plain configuration of services, workers and jobs. */
  readonly config: Readonly<Record<string, string>>
}

/** Names of the environments, in declaration order. */
export function environmentNames(platform: Platform): readonly string[] {
  return Object.keys(platform.settings.environments)
}

/** The platform without any environment: what `k8s/base` holds. */
export function resolveBase(platform: Platform): ResolvedPlatform {
  const { components, config = {} } = platform.settings
  return { platform, namespace: platform.name, production: false, components, config }
}

/** The platform in one environment. Names an environment that does not exist: a bug in the caller. */
export function resolveEnvironment(platform: Platform, name: string): ResolvedPlatform {
  const environment = platform.settings.environments[name]
  if (environment === undefined) throw new Error(`no environment "${name}"`)
  const overrides: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>> = environment.overrides ?? {}
  return {
    platform,
    environment: name,
    settings: environment,
    namespace: environment.namespace,
    production: isProduction(name, environment),
    components: platform.settings.components.map(component => override(component, overrides[component.name])),
    config: { ...platform.settings.config, ...environment.config },
  }
}

/** Whether an environment is held to production's rules. */
export function isProduction(name: string, environment: Environment): boolean {
  return environment.production ?? name === 'production'
}

/** The component of that name, if it is declared. */
export function findComponent(resolved: ResolvedPlatform, name: string): Component | undefined {
  return resolved.components.find(component => component.name === name)
}

/** The components one depends on, as this environment sees them. */
export function usedBy(component: Component, resolved: ResolvedPlatform): readonly Component[] {
  const uses = 'uses' in component.settings ? (component.settings.uses ?? []) : []
  return uses.flatMap(used => findComponent(resolved, used.name) ?? [])
}

/** Whether a component runs this team's own code: it gets the platform's configuration and secrets. */
export function isOwn(component: Component): component is Extract<Component, { readonly type: OwnType }> {
  return component.type !== 'postgres' && component.type !== 'redis'
}

type OwnType = Exclude<ComponentType, 'postgres' | 'redis'>

function override(component: Component, changes: Readonly<Record<string, unknown>> | undefined): Component {
  if (changes === undefined) return component
  const { env, ...rest } = changes
  const before = component.settings as { readonly env?: object }
  const settings = { ...component.settings, ...rest, ...(env === undefined ? {} : { env: { ...before.env, ...env } }) }
  return { ...component, settings } as Component
}

/** The migrations of an environment. */
export function resolvedMigrations(resolved: ResolvedPlatform): readonly Migration[] {
  return resolved.components.filter(component => component.type === 'migration')
}
