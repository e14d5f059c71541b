// Every rule about references between objects, grouped by what they concern.

import type { Rule } from '../rule.ts'
import { annotationsForOtherClass } from './rules/annotations-for-other-class.ts'
import { bareHashedName } from './rules/bare-hashed-name.ts'
import { budgetSelectsSeveral } from './rules/budget-selects-several.ts'
import { danglingClaim } from './rules/dangling-claim.ts'
import { danglingConfigMap } from './rules/dangling-config-map.ts'
import { danglingObject } from './rules/dangling-object.ts'
import { danglingRole } from './rules/dangling-role.ts'
import { danglingScaleTarget } from './rules/dangling-scale-target.ts'
import { danglingSecret } from './rules/dangling-secret.ts'
import { danglingServiceAccount } from './rules/dangling-service-account.ts'
import { egressBlocksDependency } from './rules/egress-blocks-dependency.ts'
import { egressBlocksDns } from './rules/egress-blocks-dns.ts'
import { ingressBlocksController } from './rules/ingress-blocks-controller.ts'
import { ingressBlocksDependency } from './rules/ingress-blocks-dependency.ts'
import { missingKey } from './rules/missing-key.ts'
import { noBackend } from './rules/no-backend.ts'
import { noBackendPort } from './rules/no-backend-port.ts'
import { noCrd } from './rules/no-crd.ts'
import { noHeadlessService } from './rules/no-headless-service.ts'
import { noReferenceGrant } from './rules/no-reference-grant.ts'
import { noTargetPort } from './rules/no-target-port.ts'
import { overlappingSelectors } from './rules/overlapping-selectors.ts'
import { probePort } from './rules/probe-port.ts'
import { selectorMatchesNothing } from './rules/selector-matches-nothing.ts'
import { serviceAccountNamespace } from './rules/service-account-namespace.ts'
import { serviceSelectsNothing } from './rules/service-selects-nothing.ts'
import { serviceSelectsSeveral } from './rules/service-selects-several.ts'
import { unknownGatewayClass } from './rules/unknown-gateway-class.ts'
import { unknownIngressClass } from './rules/unknown-ingress-class.ts'
import { unknownStorageClass } from './rules/unknown-storage-class.ts'

export const referenceRules: readonly Rule[] = [
  // objects that are named
  danglingConfigMap,
  danglingSecret,
  missingKey,
  bareHashedName,
  danglingServiceAccount,
  serviceAccountNamespace,
  danglingRole,
  danglingClaim,
  danglingScaleTarget,
  danglingObject,
  // selectors
  serviceSelectsNothing,
  serviceSelectsSeveral,
  overlappingSelectors,
  selectorMatchesNothing,
  budgetSelectsSeveral,
  // ports and routes
  noTargetPort,
  probePort,
  noBackend,
  noBackendPort,
  noReferenceGrant,
  noHeadlessService,
  // who may talk to whom
  egressBlocksDns,
  egressBlocksDependency,
  ingressBlocksDependency,
  ingressBlocksController,
  // what the cluster has
  unknownIngressClass,
  unknownGatewayClass,
  unknownStorageClass,
  annotationsForOtherClass,
  noCrd,
]
