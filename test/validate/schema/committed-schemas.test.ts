// The committed schemas against the packages they come from, where those can be downloaded, and against themselves.

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SchemaNode } from '../../../generator/validate/schema/schema-node.ts'
import { kubernetesVersions } from '../../../generator/validate/schema/versions.ts'
import { committedCatalog } from './committed-catalog.ts'
import { buildAll } from '../../../scripts/schemas/build-all.ts'
import { fetchPackage } from '../../../scripts/schemas/fetch-package.ts'
import { clientNode, kubernetesModels } from '../../../scripts/schemas/packages.ts'
import { readClientNode } from '../../../scripts/schemas/read-client-node.ts'

const root = path.resolve('schemas')
const catalog = committedCatalog()

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>
const counts = JSON.parse(readFileSync(path.join(root, 'kubernetes', 'counts.json'), 'utf8')) as Counts

function downloadable(): boolean {
  if (process.env['GITOPS_OFFLINE'] === '1') return false
  try {
    fetchPackage(kubernetesModels)
    return true
  } catch {
    return false
  }
}

const online = downloadable()
if (!online)
  console.warn('SKIPPED: the npm packages cannot be downloaded; committed schemas were not compared with their sources')

describe.skipIf(!online)('sources', () => {
  test('making the schemas anew changes nothing', { timeout: 300_000 }, () => {
    const built = buildAll()
    const differing = [...built]
      .filter(([name, text]) => readFileSync(path.join(root, name), 'utf8') !== text)
      .map(([name]) => name)
    expect(differing).toEqual([])
    // A schema somebody added names no source; a bundled one always does.
    const ours = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter(name => /^(kubernetes|crds).*\.json$/.test(name))
      .filter(
        name => name.startsWith('kubernetes') || readFileSync(path.join(root, name), 'utf8').includes('"source":"'),
      )
    expect(ours.toSorted()).toEqual([...built.keys()].toSorted())
  })

  // Kind by kind, from the other side: what the client has, the decoded schema has, and nothing else.
  test.each(Object.entries(clientNode))(
    'Kubernetes %s, every kind and field',
    { timeout: 60_000 },
    (version, pinned) => {
      const source = readClientNode(fetchPackage(pinned))
      const schemas = catalog.version(version)
      expect([...schemas.kinds.keys()].toSorted()).toEqual([...source.kinds.keys()].toSorted())
      for (const [name, { properties, required }] of source.definitions) {
        const shape = schemas.definition(name).shape?.()
        expect([...(shape?.properties.keys() ?? [])].toSorted(), name).toEqual([...properties.keys()].toSorted())
        // Some are relaxed on purpose; none is added.
        expect([...required], name).toEqual(expect.arrayContaining([...(shape?.required ?? [])]))
      }
    },
  )
})

/** Everything a version's kinds lead to. */
function count(version: string): {
  kinds: number
  definitions: number
  fields: number
  enums: number
  quantities: number
} {
  const schemas = catalog.version(version)
  const seen = new Set<SchemaNode>()
  const leaves: SchemaNode[] = []
  const visit = (node: SchemaNode): void => {
    if (node.shape !== undefined) {
      if (seen.has(node)) return
      seen.add(node)
      for (const field of node.shape().properties.values()) {
        leaves.push(field)
        visit(field)
      }
    }
    if (node.values !== undefined) visit(node.values)
    if (node.items !== undefined) visit(node.items)
  }
  for (const { definition } of schemas.kinds.values()) visit(schemas.definition(definition))
  const leafOf = (node: SchemaNode): SchemaNode => {
    const inner = node.values ?? (node.type === 'array' ? node.items : undefined)
    return inner === undefined ? node : leafOf(inner)
  }
  const ends = leaves.map(leafOf)
  return {
    kinds: schemas.kinds.size,
    definitions: seen.size,
    fields: leaves.length,
    enums: ends.filter(node => node.enum !== undefined).length,
    quantities: ends.filter(node => node.type === 'quantity').length,
  }
}

describe.each(kubernetesVersions)('Kubernetes %s', version => {
  test('holds what is recorded', () => {
    expect(counts[version]).toMatchObject(count(version))
  })

  test('every definition decodes', () => {
    for (const { definition } of catalog.version(version).kinds.values()) {
      expect(catalog.version(version).definition(definition).shape?.().properties.size).toBeGreaterThan(0)
    }
  })
})

test('the versions are those there are files of', () => {
  const files = readdirSync(path.join(root, 'kubernetes')).filter(name => /^\d/.test(name))
  expect(files.map(name => name.replace('.json', '')).toSorted()).toEqual([...kubernetesVersions].toSorted())
})

describe('bundled custom resources', () => {
  const files = readdirSync(path.join(root, 'crds'), { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.json'),
  )

  test('every group that is promised', () => {
    const groups = new Set(files.map(name => name.split(path.sep)[0]))
    for (const group of [
      'argoproj.io',
      'external-secrets.io',
      'bitnami.com',
      'cert-manager.io',
      'gateway.networking.k8s.io',
      'traefik.io',
      'networking.istio.io',
      'monitoring.coreos.com',
      'keda.sh',
      'kustomize.config.k8s.io',
    ]) {
      expect(groups).toContain(group)
    }
  })

  test.each(files)('%s decodes against every version', file => {
    const { apiVersion, kind } = JSON.parse(readFileSync(path.join(root, 'crds', file), 'utf8')) as {
      apiVersion: string
      kind: string
    }
    for (const version of kubernetesVersions) {
      const node = catalog.custom(apiVersion, kind, version)
      const seen = new Set<SchemaNode>()
      const visit = (one: SchemaNode | undefined): void => {
        if (one === undefined || seen.has(one)) return
        seen.add(one)
        for (const field of one.shape?.().properties.values() ?? []) visit(field)
        visit(one.values)
        visit(one.items)
      }
      visit(node)
      expect(seen.size).toBeGreaterThan(3)
    }
  })
})
