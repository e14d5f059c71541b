// HustleX, as decided in ADR-010: an API and a worker, PostgreSQL and Redis; staging and production.

import {
  admissionPolicy,
  externalSecrets,
  http,
  loadBalancer,
  platform,
  postgres,
  redis,
  rolling,
  service,
  worker,
} from '../model/declare.ts'
import { noForeignImage } from './rules/hustlex-no-foreign-image.ts'

const database = postgres({ image: 'postgres:16-alpine', storage: '50Gi' })
const cache = redis({ image: 'redis:7-alpine' })

const api = service('api', {
  image: 'hustlex/api',
  port: 8080,
  replicas: 3,
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
  probes: {
    liveness: http('/api/v1/health', { delay: 10, period: 10 }),
    readiness: http('/api/v1/health', { delay: 5, period: 5 }),
  },
  rollout: rolling({ maxSurge: 1, maxUnavailable: 0 }),
  expose: loadBalancer(),
  uses: [database, cache],
})

const backgroundWorker = worker('worker', {
  image: 'hustlex/worker',
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
  uses: [database, cache],
})

/** The pod that any kind of workload describes. */
const pod = "object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec"

const policies = [
  admissionPolicy('hustlex-fixed-images', {
    resources: ['deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs'],
    variables: { pod },
    validations: [
      {
        expression:
          "variables.pod.containers.all(c, c.image.contains('@sha256:') || (c.image.matches(':[^/:]+$') && !c.image.endsWith(':latest')))",
        message: 'every image names a version: what runs must not change without a commit',
      },
    ],
  }),
  admissionPolicy('hustlex-bounded-memory', {
    resources: ['deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs'],
    variables: { pod },
    validations: [
      {
        expression:
          'variables.pod.containers.all(c, has(c.resources) && has(c.resources.limits) && has(c.resources.limits.memory))',
        message: 'every container has a memory limit: one that leaks must not take its node along',
      },
    ],
  }),
  admissionPolicy('hustlex-kept-data', {
    resources: ['statefulsets'],
    variables: {
      options:
        "object.metadata.?annotations['argocd.argoproj.io/sync-options'].orValue('').split(',').map(option, option.trim())",
    },
    validations: [
      {
        expression:
          "['Prune=confirm', 'Prune=false'].exists(o, o in variables.options) && ['Delete=confirm', 'Delete=false'].exists(o, o in variables.options)",
        message: 'a StatefulSet holds data: Argo CD must ask before it prunes or deletes one',
      },
    ],
  }),
] as const

export default platform('hustlex', {
  repository: 'https://github.com/hustlex/gitops.git',
  kubernetes: '1.34',
  components: [api, backgroundWorker, database, cache],
  config: { LOG_LEVEL: 'info' },
  secrets: { DATABASE_URL: 'hustlex/api#database-url', JWT_SECRET: 'hustlex/api#jwt-secret' },
  secretBackend: externalSecrets({ store: 'hustlex' }),
  rules: [noForeignImage],
  admission: { revision: 'refs/tags/v1.0.0', policies },
  clusters: { main: { server: 'https://kubernetes.default.svc' } },
  argocd: { version: '3.5' },
  environments: {
    staging: {
      namespace: 'hustlex-staging',
      revision: 'refs/heads/main',
      overrides: {
        [api.name]: {
          replicas: 2,
          resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '250m', memory: '256Mi' } },
        },
      },
    },
    production: {
      namespace: 'hustlex',
      revision: 'refs/tags/v1.0.0',
      overrides: {
        [api.name]: {
          replicas: 5,
          resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } },
          autoscale: { min: 3, max: 20, cpu: 70, memory: 80 },
        },
      },
    },
  },
})
