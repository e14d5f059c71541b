// The port each kind of component listens on.

import type { Component } from '../model/component.ts'

/** The port other components reach it on, or undefined for what nobody calls. */
export function portOf(component: Component): number | undefined {
  switch (component.type) {
    case 'service':
      return component.settings.port
    case 'postgres':
      return 5432
    case 'redis':
      return 6379
    case 'worker':
    case 'cron-job':
    case 'migration':
      return undefined
  }
}
