// The accidents this tool is meant to stop before a commit, each with the codes that report it, or why none does.
// docs/accident-classes.md is written from this table; a test holds that every code exists and has fixtures or tests.

/* oxlint-disable max-lines -- a table */

export interface AccidentClass {
  /** Letter and number: K Kustomize, Y typing, R references, W workloads, S stateful data, A sync semantics, P Applications, X edge and secrets, G repository. */
  readonly id: string
  readonly accident: string
  /** Codes that report it. */
  readonly codes?: readonly string[]
  /** Why no code does, or does only in part. */
  readonly note?: string
}

const history = 'needs the state before the change: for change analysis, which compares two renderings'
const prevented = 'cannot happen in a generated tree, and cannot be seen in another'

export const accidentClasses: readonly AccidentClass[] = [
  {
    id: 'K1',
    accident: 'a patch with a target matches nothing, or changes nothing',
    codes: ['kustomize/unmatched-patch', 'kustomize/patch-without-effect'],
  },
  { id: 'K2', accident: 'an images entry matches nothing', codes: ['kustomize/unmatched-image'] },
  { id: 'K3', accident: 'a replicas entry matches nothing', codes: ['kustomize/replicas-target'] },
  {
    id: 'K4',
    accident: 'a replacement finds no source, no field or no target',
    codes: ['kustomize/replacement', 'kustomize/unmatched-replacement'],
  },
  {
    id: 'K5',
    accident: 'a patch adds a list element where it meant to change one',
    codes: ['kustomize/stray-list-element'],
  },
  { id: 'K6', accident: 'a patch replaces a whole list', codes: ['kustomize/list-replaced'] },
  { id: 'K7', accident: 'labels are written into selectors', note: history },
  { id: 'K8', accident: 'deprecated kustomization fields', codes: ['kustomize/deprecated-field'] },
  {
    id: 'K9',
    accident: 'a hash-suffixed name is not carried into custom resources',
    codes: ['reference/bare-hashed-name', 'kustomize/bare-name'],
  },
  { id: 'K10', accident: 'a hashed ConfigMap is pruned while still in use', note: history },
  { id: 'K11', accident: 'the same object twice in one build', codes: ['kustomize/duplicate-resource'] },
  { id: 'K12', accident: 'a file outside the root', codes: ['kustomize/load-restriction', 'kustomize/outside-root'] },
  { id: 'K13', accident: 'a remote base', codes: ['kustomize/remote-resource'] },
  { id: 'K14', accident: 'Helm charts in a kustomization', codes: ['kustomize/helm-chart'] },
  { id: 'K15', accident: 'generateName', codes: ['kustomize/not-an-object'] },
  {
    id: 'K16',
    accident: 'the namespace is not carried into subjects and webhooks',
    codes: ['reference/service-account-namespace', 'reference/dangling-object'],
  },
  { id: 'K17', accident: 'an unknown key in a kustomization', codes: ['kustomize/kustomization'] },
  { id: 'K18', accident: 'a file that no kustomization lists', codes: ['kustomize/unreached-file'] },
  {
    id: 'K19',
    accident: 'another version of kustomize builds',
    note: 'the builder follows the one version that Argo CD bundles',
  },
  { id: 'K20', accident: 'kustomize overrides in the Application', codes: ['argocd/kustomize-override'] },
  {
    id: 'K21',
    accident: 'nothing was rendered, and everything passed',
    codes: ['repository/nothing-to-validate', 'kustomize/empty-build'],
  },

  {
    id: 'Y1',
    accident: 'YAML 1.1 words and numbers where text is wanted',
    codes: ['schema/wrong-type', 'yaml/non-string-key'],
  },
  {
    id: 'Y2',
    accident: 'duplicate keys, duplicate names in keyed lists',
    codes: [
      'yaml/duplicate-key',
      'schema/duplicate-entry',
      'schema/duplicate-container-name',
      'policy/no-duplicate-env',
    ],
  },
  { id: 'Y3', accident: 'an unknown or misspelt field', codes: ['schema/unknown-field'] },
  { id: 'Y4', accident: 'a kind without schema counts as valid', codes: ['schema/no-schema', 'schema/unknown-kind'] },
  {
    id: 'Y5',
    accident: 'names, labels and sizes outside the JSON schema',
    codes: [
      'schema/invalid-name',
      'schema/invalid-label',
      'schema/invalid-annotation',
      'schema/generated-name-too-long',
      'schema/invalid-port',
    ],
  },
  {
    id: 'Y6',
    accident: 'quantities and durations the server writes differently',
    codes: ['policy/require-canonical-quantity'],
  },
  {
    id: 'Y7',
    accident: 'defaults, empty values and server-owned fields in Git',
    codes: ['policy/no-server-owned-field'],
    note: 'defaults of Applications are never emitted; in others they are not reported',
  },
  {
    id: 'Y8',
    accident: 'an object too large for client-side apply',
    codes: ['policy/no-oversized-object', 'schema/data-too-large'],
  },

  { id: 'R1', accident: 'a Service selects no pod', codes: ['reference/service-selects-nothing'] },
  {
    id: 'R2',
    accident: 'a Service selects two workloads',
    codes: ['reference/service-selects-several', 'reference/overlapping-selectors', 'policy/no-split-blue-green'],
  },
  { id: 'R3', accident: 'a target port is not exposed', codes: ['reference/no-target-port'] },
  {
    id: 'R4',
    accident: 'a route to a missing Service or port',
    codes: ['reference/no-backend', 'reference/no-backend-port', 'reference/no-reference-grant'],
  },
  {
    id: 'R5',
    accident: 'a ConfigMap or Secret that is not there',
    codes: ['reference/dangling-config-map', 'reference/dangling-secret'],
  },
  { id: 'R6', accident: 'a key that is not there', codes: ['reference/missing-key'] },
  {
    id: 'R7',
    accident: 'a ServiceAccount or Role that is not there',
    codes: ['reference/dangling-service-account', 'reference/dangling-role'],
  },
  {
    id: 'R8',
    accident: 'a claim or storage class that is not there',
    codes: ['reference/dangling-claim', 'reference/unknown-storage-class'],
  },
  {
    id: 'R9',
    accident: 'an autoscaler or budget without a target',
    codes: [
      'reference/dangling-scale-target',
      'reference/selector-matches-nothing',
      'reference/budget-selects-several',
    ],
  },
  {
    id: 'R10',
    accident: 'a NetworkPolicy blocks DNS or a dependency',
    codes: ['reference/egress-blocks-dns', 'reference/egress-blocks-dependency', 'reference/ingress-blocks-dependency'],
  },
  {
    id: 'R11',
    accident: 'a NetworkPolicy blocks the ingress controller',
    codes: ['reference/ingress-blocks-controller'],
  },
  { id: 'R12', accident: 'a probe asks a port that is not exposed', codes: ['reference/probe-port'] },
  {
    id: 'R13',
    accident: 'an ingress class, gateway class or issuer that is not installed',
    codes: [
      'reference/unknown-ingress-class',
      'reference/unknown-gateway-class',
      'reference/annotations-for-other-class',
      'reference/dangling-object',
    ],
  },
  { id: 'R14', accident: 'a custom resource without its definition', codes: ['reference/no-crd'] },
  { id: 'R15', accident: 'selector and template labels differ', codes: ['schema/selector-mismatch'] },

  { id: 'W1', accident: 'maxUnavailable 0 with maxSurge 0', codes: ['schema/invalid-rollout'] },
  { id: 'W2', accident: 'no readiness probe behind a Service', codes: ['policy/require-readiness-probe'] },
  { id: 'W3', accident: 'liveness is a copy of readiness', codes: ['policy/no-identical-probes'] },
  {
    id: 'W4',
    accident: 'a slow start without a startup probe',
    codes: ['policy/no-hasty-liveness'],
    note: 'the real time to start is not known from manifests; less than 15 seconds of patience is reported',
  },
  { id: 'W5', accident: 'no pause before the stop, short grace', codes: ['policy/require-graceful-shutdown'] },
  { id: 'W6', accident: 'progressDeadlineSeconds not above minReadySeconds', codes: ['schema/invalid-rollout'] },
  { id: 'W7', accident: 'a budget that blocks every drain', codes: ['policy/no-blocking-disruption-budget'] },
  { id: 'W8', accident: 'several replicas without a budget', codes: ['policy/require-disruption-budget'] },
  { id: 'W9', accident: 'minAvailable and maxUnavailable both set', codes: ['schema/invalid-disruption-budget'] },
  { id: 'W10', accident: 'replicas in Git beside an autoscaler', codes: ['policy/no-replicas-with-autoscaler'] },
  { id: 'W11', accident: 'the first removal of replicas', note: history },
  {
    id: 'W12',
    accident: 'ignoreDifferences wrong, missing or without effect',
    codes: ['argocd/ignored-difference', 'policy/no-replicas-with-autoscaler'],
  },
  { id: 'W13', accident: 'a whole list ignored and copied from the cluster', codes: ['argocd/ignored-difference'] },
  {
    id: 'W14',
    accident: 'autoscaler bounds reversed, or below the budget',
    codes: ['schema/invalid-replica-bounds', 'policy/no-blocking-disruption-budget'],
  },
  { id: 'W15', accident: 'utilization without a request', codes: ['policy/require-requests-for-autoscaling'] },
  {
    id: 'W16',
    accident: 'the order of autoscaler metrics',
    note: 'the server kept metrics in another order only while it stored autoscaling/v1; every supported version stores v2 and keeps the order written',
  },
  {
    id: 'W17',
    accident: 'requests above limits, or missing',
    codes: ['schema/request-above-limit', 'policy/require-resource-requests', 'policy/require-memory-limit'],
  },
  { id: 'W18', accident: 'a moving image tag', codes: ['policy/no-latest-tag'] },
  {
    id: 'W19',
    accident: 'a rolling update of a volume one node may write',
    codes: ['policy/no-rolling-update-of-single-writer-volume'],
  },
  {
    id: 'W20',
    accident: "pods the namespace's Pod Security Standard refuses",
    codes: [
      'pod-security/privileged',
      'pod-security/run-as-non-root',
      'pod-security/seccomp-profile-restricted',
      'pod-security/namespace-labels',
    ],
  },
  {
    id: 'W21',
    accident: 'LimitRange or ResourceQuota violated',
    codes: ['policy/no-limit-range-violation', 'policy/no-quota-overrun'],
  },
  {
    id: 'W22',
    accident: 'Jobs without bounds, Jobs that delete themselves',
    codes: ['policy/no-ttl-on-synced-job', 'policy/require-bounded-job'],
  },
  { id: 'W23', accident: 'the template of a Job changes', note: history },
  {
    id: 'W24',
    accident: 'a worker is stopped before its job is done',
    note: 'how long a job takes is not in any manifest; the model gives workers a grace period',
  },
  { id: 'W25', accident: 'spread constraints that count nothing', codes: ['policy/require-matching-spread'] },

  { id: 'S1', accident: 'a selector changes', note: history },
  { id: 'S2', accident: 'immutable fields of a StatefulSet change', note: history },
  { id: 'S3', accident: 'claim templates without apiVersion and kind', codes: ['policy/require-claim-template-kind'] },
  { id: 'S4', accident: 'labels appear in claim templates', note: history },
  { id: 'S5', accident: 'a rename deletes and creates', note: history },
  {
    id: 'S6',
    accident: 'an object that holds data is removed',
    note: `${history}; the objects are protected meanwhile (S7)`,
  },
  { id: 'S7', accident: 'data without protection from pruning', codes: ['policy/require-prune-protection'] },
  { id: 'S8', accident: 'half of the tree vanishes', note: history },
  { id: 'S9', accident: 'a volume shrinks', note: history },
  { id: 'S10', accident: 'the type of a Service changes', note: history },
  { id: 'S11', accident: 'a StatefulSet without its headless Service', codes: ['reference/no-headless-service'] },
  { id: 'S12', accident: 'a major version of PostgreSQL on old data', note: history },
  { id: 'S13', accident: "PostgreSQL's volume at the wrong path", codes: ['policy/no-misplaced-postgres-data'] },
  { id: 'S14', accident: 'a broken StatefulSet rollout sticks', note: history },
  { id: 'S15', accident: 'volumes deleted with their StatefulSet', codes: ['policy/no-claim-deletion'] },
  { id: 'S16', accident: 'an immutable ConfigMap changes in place', note: history },
  { id: 'S17', accident: 'a roleRef or another immutable field changes', note: history },
  { id: 'S18', accident: 'a version of a custom resource disappears', note: history },

  { id: 'A1', accident: 'a misspelt hook', codes: ['argocd/hook-type', 'argocd/unread-annotation'] },
  { id: 'A2', accident: 'a wave that is no integer', codes: ['argocd/sync-wave', 'argocd/unread-annotation'] },
  { id: 'A3', accident: 'an unknown sync option', codes: ['argocd/sync-option', 'argocd/unread-annotation'] },
  {
    id: 'A4',
    accident: 'an unknown hook-delete-policy',
    codes: ['argocd/hook-delete-policy', 'argocd/unread-annotation'],
  },
  { id: 'A5', accident: 'an unknown compare option', codes: ['argocd/compare-option', 'argocd/unread-annotation'] },
  { id: 'A6', accident: 'a hook needs what is applied later', codes: ['argocd/hook-needs-later-object'] },
  {
    id: 'A7',
    accident: 'an earlier wave that never becomes healthy',
    codes: ['argocd/wave-deadlock', 'policy/require-ingress-status'],
  },
  { id: 'A8', accident: 'the consumer comes before the provider', codes: ['argocd/wave-inversion'] },
  {
    id: 'A9',
    accident: 'the database comes after the application',
    note: 'in one wave the order of kinds is fixed; the model puts datastores into an earlier wave',
  },
  { id: 'A10', accident: 'many waves', codes: ['argocd/many-waves'] },
  { id: 'A11', accident: 'waves on child Applications', codes: ['argocd/application-wave'] },
  {
    id: 'A12',
    accident: 'a hook that is in the way of its next run, or deleted too early',
    codes: ['argocd/hook-deleted-too-early', 'argocd/hook-delete-policy'],
  },
  {
    id: 'A13',
    accident: 'hooks do not run in a selective sync',
    note: 'how somebody will sync is not in any manifest',
  },
  { id: 'A14', accident: 'hooks on deletion', codes: ['argocd/deletion-hook'] },
  { id: 'A15', accident: 'Replace or Force on what runs', codes: ['argocd/destructive-sync-option'] },
  { id: 'A16', accident: 'kinds Argo CD leaves out', codes: ['argocd/excluded-kind'] },
  { id: 'A17', accident: 'the tracking label or annotation in Git', codes: ['argocd/tracking-metadata'] },
  { id: 'A18', accident: 'copied maps count as extra', note: 'advice rather than an accident' },
  { id: 'A19', accident: 'a live object becomes a hook', note: history },

  { id: 'P1', accident: "the overlay's namespace is not the destination's", codes: ['argocd/namespace-mismatch'] },
  { id: 'P2', accident: 'a namespace that nobody creates', codes: ['argocd/missing-namespace'] },
  { id: 'P3', accident: 'the project forbids the namespace', codes: ['argocd/project-forbids'] },
  { id: 'P4', accident: 'a namespace with two owners', codes: ['argocd/namespace-owners'] },
  {
    id: 'P5',
    accident: 'the project forbids a kind, source or destination',
    codes: ['argocd/project-forbids', 'argocd/project-denial', 'argocd/unknown-project'],
  },
  {
    id: 'P6',
    accident: 'a wrong group in a project',
    codes: ['argocd/project-group', 'argocd/project-glob', 'argocd/project-entry', 'argocd/unused-permission'],
  },
  {
    id: 'P7',
    accident: 'wildcards and the default project in production',
    codes: ['argocd/production-project', 'argocd/wildcard-project'],
  },
  { id: 'P8', accident: 'two Applications own one object', codes: ['argocd/shared-object'] },
  {
    id: 'P9',
    accident: 'the same object twice in an Application',
    codes: ['argocd/repeated-object', 'kustomize/duplicate-resource'],
  },
  {
    id: 'P10',
    accident: 'a wrong path, repository or revision',
    codes: ['argocd/source-path', 'argocd/application-source', 'argocd/value-file'],
  },
  { id: 'P11', accident: 'production follows a branch', codes: ['argocd/moving-production-revision'] },
  { id: 'P12', accident: 'an ambiguous revision', codes: ['argocd/ambiguous-revision'] },
  { id: 'P13', accident: 'a range of versions in production', codes: ['argocd/revision-range'] },
  { id: 'P14', accident: 'staging and production share a base at one revision', note: history },
  { id: 'P15', accident: 'generate paths without the base', codes: ['argocd/generate-paths'] },
  { id: 'P16', accident: 'automated sync without prune or self-heal', codes: ['argocd/automated-sync'] },
  { id: 'P17', accident: 'allowEmpty', codes: ['argocd/allow-empty'] },
  { id: 'P18', accident: 'deleting the Application deletes everything', codes: ['argocd/cascading-deletion'] },
  { id: 'P19', accident: 'a preview Application without finalizer', codes: ['argocd/preview-finalizer'] },
  { id: 'P20', accident: 'an ApplicationSet deletes Applications', codes: ['argocd/application-set-deletion'] },
  { id: 'P21', accident: 'missing keys in an ApplicationSet template', codes: ['argocd/application-set-missing-key'] },
  { id: 'P22', accident: 'the root leaves itself out', codes: ['argocd/root-leaves-itself-out'] },
  { id: 'P23', accident: 'an Application in a namespace nobody watches', codes: ['argocd/application-namespace'] },
  {
    id: 'P24',
    accident: 'sync windows that never open or select nothing',
    codes: ['argocd/sync-window', 'argocd/idle-sync-window', 'argocd/production-window'],
  },
  { id: 'P25', accident: 'a malformed role policy', codes: ['argocd/project-role-policy'] },
  { id: 'P26', accident: 'retries that never end, or stay on the old commit', codes: ['argocd/sync-retry'] },
  {
    id: 'P27',
    accident: 'server-side apply takes fields over',
    codes: ['argocd/server-side-diff', 'argocd/server-side-apply-conflict'],
  },
  { id: 'P28', accident: 'validation switched off', codes: ['argocd/validation-off'] },
  { id: 'P29', accident: 'a destination with server and name', codes: ['argocd/application-destination'] },
  { id: 'P30', accident: 'two sources make one object', codes: ['argocd/repeated-object', 'argocd/value-file'] },
  { id: 'P31', accident: 'a tree the Source Hydrator cannot use', codes: ['argocd/source-hydrator'] },
  { id: 'P32', accident: 'promotion refused for want of an annotation', codes: ['argocd/kargo-stage'] },
  {
    id: 'P33',
    accident: 'a bot writes what the generator reverts',
    note: 'versions live in one file that people and bots may write, and the model reads',
  },
  { id: 'P34', accident: 'several Applications race for a namespace', codes: ['argocd/namespace-race'] },

  {
    id: 'X1',
    accident: 'credentials in plain text',
    codes: ['policy/no-plain-secret', 'policy/no-secret-in-plain-value'],
  },
  {
    id: 'X2',
    accident: 'secrets filled in while rendering',
    codes: ['policy/no-injected-placeholder', 'kustomize/function'],
  },
  { id: 'X3', accident: 'a SealedSecret under another name', codes: ['policy/no-sealed-secret-mismatch'] },
  { id: 'X4', accident: 'an ExternalSecret version that is gone', codes: ['policy/no-outdated-external-secret'] },
  {
    id: 'X5',
    accident: 'a store that is missing, a Secret that vanishes',
    codes: ['policy/require-secret-retention', 'reference/dangling-object', 'reference/dangling-secret'],
  },
  {
    id: 'X6',
    accident: 'defaults of operators show as out of sync',
    note: 'the defaults of a release of an operator are not in any manifest; the generator writes those it relies on',
  },
  { id: 'X7', accident: 'the retired ingress controller', codes: ['policy/no-retired-ingress-controller'] },
  { id: 'X8', accident: "another controller's annotations", codes: ['reference/annotations-for-other-class'] },
  {
    id: 'X9',
    accident: 'host and path collide, or no certificate covers the host',
    codes: ['policy/no-ingress-collision', 'policy/require-matching-tls-host', 'policy/require-ingress-tls'],
    note: 'within one environment; a host shared by two environments is not compared',
  },
  { id: 'X10', accident: 'an Ingress that never becomes healthy', codes: ['policy/require-ingress-status'] },
  { id: 'X11', accident: 'a removed or deprecated API', codes: ['schema/removed-api', 'schema/deprecated-api'] },
  { id: 'X12', accident: 'deprecated fields', codes: ['schema/deprecated-field'] },
  { id: 'X13', accident: "another cloud's annotations", codes: ['policy/no-foreign-cloud-annotation'] },
  {
    id: 'X14',
    accident: 'both colours selected, or the wrong one ready',
    codes: ['policy/no-split-blue-green', 'policy/require-ready-blue-green'],
    note: 'that a switch changes nothing but the selector needs the state before it',
  },
  {
    id: 'X15',
    accident: 'a blue-green Rollout that cannot switch',
    codes: ['policy/no-broken-blue-green-rollout', 'reference/bare-hashed-name'],
  },
  { id: 'X16', accident: 'a Deployment beside its Rollout', codes: ['policy/no-deployment-beside-rollout'] },
  {
    id: 'X17',
    accident: 'a migration the old version cannot live with',
    note: `what a migration does is not in any manifest; ${history}`,
  },
  { id: 'X18', accident: 'a singleton runs twice', codes: ['policy/no-scaled-datastore', 'model/singleton-scaled'] },
  { id: 'X19', accident: 'staging and production drift apart', note: 'compares two environments: for change analysis' },
  { id: 'X20', accident: 'a malformed notification subscription', codes: ['argocd/notification-subscription'] },

  {
    id: 'G1',
    accident: 'a generated file edited by hand',
    note: 'generate --check and the hook compare every file; drift has no code',
  },
  {
    id: 'G2',
    accident: 'the check looks at less than was written',
    note: 'one list of files drives writing, checking and cleaning',
  },
  { id: 'G3', accident: 'the output depends on more than the input', note: prevented },
  { id: 'G4', accident: 'the hook reads the working tree', note: 'it reads the staged index' },
  { id: 'G5', accident: 'an unstaged setting authorises a commit', note: 'it reads the staged index' },
  { id: 'G6', accident: 'only changed files are checked', note: 'overlays whose inputs changed are checked' },
  { id: 'G7', accident: 'line ends, marks and modes', note: 'one printer writes every file' },
  {
    id: 'G8',
    accident: 'a merge conflict resolved in a generated file',
    codes: ['yaml/conflict-marker'],
    note: 'and every generated file is compared with what the model says',
  },
]
