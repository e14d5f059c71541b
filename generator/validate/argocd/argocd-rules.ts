// The registry of the rules that need no more than one rendered set. Those over all Applications of a repository are in
// repository/. Left out, with the reason:
// - a database after the application that uses it: what an application tolerates is not in the objects.
// - hooks that a selective sync leaves out: it depends on how a person syncs.
// - extra generated maps counted as drift: the suggestion would be for every generator; PruneLast covers the accident.
// - a hook annotation added to a live object, a shared base changed, versions written back by a bot: they need history.

import type { Rule } from '../rule.ts'
import { unreadAnnotation } from './annotation-name-rules.ts'
import { kargoStage, notificationSubscription } from './application-annotation-rules.ts'
import {
  allowEmpty,
  applicationDestination,
  automatedSync,
  previewFinalizer,
  productionProject,
  syncRetry,
} from './application-rules.ts'
import {
  ambiguousRevision,
  applicationSource,
  movingProductionRevision,
  revisionRange,
  sourceHydrator,
} from './application-source-rules.ts'
import { applicationSetDeletion, applicationSetMissingKey } from './application-set-rules.ts'
import { deletionHook, excludedKind, hookDeletePolicy, hookType, syncWave, trackingMetadata } from './hook-rules.ts'
import { compareOption, destructiveSyncOption, serverSideDiff, syncOption, validationOff } from './option-rules.ts'
import {
  applicationWave,
  hookDeletedTooEarly,
  hookNeedsLaterObject,
  manyWaves,
  waveDeadlock,
  waveInversion,
} from './order-rules.ts'
import { projectGlob } from './project-glob-rule.ts'
import { projectRolePolicy } from './project-role-rules.ts'
import { projectDenial, projectEntry, projectGroup, wildcardProject } from './project-rules.ts'
import { productionWindow, syncWindow } from './sync-window-rules.ts'

export const argocdRules: readonly Rule[] = [
  // Whether and when an object is applied.
  unreadAnnotation,
  hookType,
  syncWave,
  hookDeletePolicy,
  deletionHook,
  excludedKind,
  trackingMetadata,
  // How it is applied and compared.
  syncOption,
  compareOption,
  destructiveSyncOption,
  validationOff,
  serverSideDiff,
  // In which order.
  hookNeedsLaterObject,
  waveDeadlock,
  waveInversion,
  manyWaves,
  applicationWave,
  hookDeletedTooEarly,
  // Applications.
  movingProductionRevision,
  ambiguousRevision,
  revisionRange,
  productionProject,
  applicationDestination,
  applicationSource,
  automatedSync,
  allowEmpty,
  syncRetry,
  previewFinalizer,
  sourceHydrator,
  kargoStage,
  notificationSubscription,
  // Projects.
  projectGroup,
  projectDenial,
  wildcardProject,
  projectEntry,
  projectGlob,
  projectRolePolicy,
  syncWindow,
  productionWindow,
  // ApplicationSets.
  applicationSetDeletion,
  applicationSetMissingKey,
]
