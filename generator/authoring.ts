// The part of the public API that platform files and modules of own rules are evaluated with: pure, and small, because it is
// bundled with them. Such a file that imports '@hustlex/gitops' gets this; its types are those of index.ts, which has the rest.

export {
  admissionPolicy,
  cronJob,
  exec,
  existingSecrets,
  externalSecrets,
  gateway,
  http,
  ingress,
  internal,
  loadBalancer,
  migration,
  platform,
  postgres,
  recreate,
  redis,
  rolling,
  sealedSecrets,
  service,
  tcp,
  worker,
} from './model/declare.ts'
export { defineOwnRule as definePolicyRule } from './validate/own-rules/own-rule.ts'
export { parseImage } from './manifest/image.ts'
export { containersOf, podTemplateOf } from './manifest/pod-template.ts'
export { valueAt } from './manifest/pointer.ts'
export { asList, asMap } from './manifest/value.ts'
