// What the objects of a platform are called. Renaming any of these is a delete and a create in the cluster.

import type { Component } from './component.ts'
import { isOwn } from './resolve.ts'

/** `hustlex-api` for what the team runs; a datastore keeps its own name, which is its host name too. */
export function objectName(platform: string, component: Component): string {
  return isOwn(component) ? `${platform}-${component.name}` : component.name
}

export function configName(platform: string): string {
  return `${platform}-config`
}

export function secretName(platform: string): string {
  return `${platform}-secrets`
}

/** The Secret with a datastore's credentials. */
export function datastoreSecretName(component: Component): string {
  return `${component.name}-secrets`
}
