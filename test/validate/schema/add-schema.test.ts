// A definition turned into a file checks like the definition itself.

import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toResource, type Resource } from '../../../generator/manifest/resource.ts'
import type { YamlValue } from '../../../generator/manifest/value.ts'
import { schemaFiles } from '../../../generator/validate/schema/add-schema.ts'
import { openCatalog } from '../../../generator/validate/schema/catalog.ts'
import { createSchemaChecker } from '../../../generator/validate/schema/schema-checker.ts'
import { readCommitted } from './committed-catalog.ts'

function resource(text: string): Resource {
  const found = toResource(parse(text) as YamlValue, { file: 'a.yaml', document: 1 })
  if (found === undefined) throw new Error('not an object')
  return found
}

const definition = resource(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Cluster
  names: { kind: Widget, plural: widgets }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          description: prose
          properties:
            spec:
              type: object
              title: prose
              required: [description]
              properties:
                description: { type: string, description: a field of this name, maxLength: 3 }
                parts:
                  type: array
                  items: { type: object, description: prose, properties: { size: { type: integer, example: 3 } } }
    - name: v1alpha1
      served: false
      storage: false
      schema: { openAPIV3Schema: { type: object } }
`)

test('the schemas of served versions, without prose', () => {
  const { value, diagnostics } = schemaFiles([definition])
  expect(diagnostics).toEqual([])
  expect([...value.keys()]).toEqual(['crds/example.com/widget_v1.json'])
  const text = value.get('crds/example.com/widget_v1.json') ?? ''
  expect(text).not.toContain('prose')
  expect(JSON.parse(text)).toMatchObject({
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    plural: 'widgets',
    scope: 'Cluster',
    schema: { properties: { spec: { required: ['description'], properties: { description: { maxLength: 3 } } } } },
  })
  expect(schemaFiles([definition]).value).toEqual(value)
})

test('the catalog reads the file back', () => {
  const files = schemaFiles([definition]).value
  const catalog = openCatalog(path => files.get(path) ?? readCommitted(path))
  const widget = resource(`
apiVersion: example.com/v1
kind: Widget
metadata: { name: one, labels: { a: 1 } }
spec: { description: long, sise: 1, parts: [{ size: many }] }
`)
  const added = createSchemaChecker(catalog, { versions: ['1.34'] }).check(widget)
  const inTree = createSchemaChecker(openCatalog(readCommitted), { versions: ['1.34'], crds: [definition] }).check(
    widget,
  )
  expect(added).toEqual(inTree)
  expect(added.findings.map(({ at }) => at.pointer)).toEqual([
    '/metadata/labels/a',
    '/spec/description',
    '/spec/sise',
    '/spec/parts/0/size',
  ])
  expect(catalog.scopeOf('example.com/v1', 'Widget')).toBe('Cluster')
})

test('anything else is refused by name', () => {
  const { value, diagnostics } = schemaFiles([resource('{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }')])
  expect(value.size).toBe(0)
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    [
      'schema/invalid-definition',
      'ConfigMap "a" is not a CustomResourceDefinition of apiextensions.k8s.io/v1 with a served schema',
    ],
  ])
})
