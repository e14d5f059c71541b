// Labels of generated objects. Selectors use `app` alone, as the ADR has it: a selector cannot be changed later.

import type { Component } from '../model/component.ts'
import { objectName } from '../model/object-names.ts'

export type Labels = Record<string, string>

/** The label that selectors use. */
export function selectorLabels(platform: string, component: Component): Labels {
  return { app: objectName(platform, component) }
}

/**
 * Labels of a component's objects and pods: the selector's, and the recommended ones that never change with a release.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function componentLabels(platform: string, component: Component): Labels {
  return {
    ...selectorLabels(platform, component),
    'app.kubernetes.io/name': component.name,
    'app.kubernetes.io/part-of': platform,
    'app.kubernetes.io/component': component.type,
  }
}

export function platformLabels(platform: string): Labels {
  return { 'app.kubernetes.io/part-of': platform }
}
