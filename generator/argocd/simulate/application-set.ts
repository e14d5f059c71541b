// The Applications an ApplicationSet generates, where its generators and templates can be evaluated offline. Anything else is
// "not evaluated" with the reason: never an empty list that looks like "no Applications".

import { parseYaml } from '../../manifest/parse-yaml.ts'
import type { FileTree } from '../../manifest/file-tree.ts'
import { toResource, type Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { mergePatch } from '../../merge/merge-patch.ts'
import { argoApiVersion, cascadeFinalizer } from '../application.ts'
import type { Expansion, Template } from './expansion.ts'
import { mergeMaps, parametersOf } from './generator-parameters.ts'
import { renderFastTemplate, renderGoTemplate } from './go-template.ts'

export interface ExpansionContext {
  readonly tree: FileTree
  /** The URLs of this repository: git generators of others are not evaluated. */
  readonly repoURLs: Iterable<string>
}

/** The generated Applications, in the order of the generators. Their source is the template in the ApplicationSet. */
export function expandApplicationSet(set: Resource, context: ExpansionContext): Expansion<readonly Resource[]> {
  const spec = asMap(set.object['spec'])
  const template = templateOf(spec)
  const applications: Resource[] = []
  for (const generator of asList(spec['generators'])) {
    const merged = { ...spec, template: withGeneratorTemplate(asMap(spec['template']), asMap(generator)) }
    const parameters = parametersOf(asMap(generator), { ...context, template })
    if (parameters.kind !== 'expanded') return parameters
    for (const each of parameters.value) {
      const application = applicationOf(set, merged, template, each)
      if (application.kind !== 'expanded') return application
      applications.push(application.value)
    }
  }
  const names = applications.map(({ name }) => name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) return { kind: 'wrong', reason: `it generates Application "${repeated}" twice` }
  return { kind: 'expanded', value: applications }
}

/** The template as an Application, parameters unfilled; undefined where a templatePatch may change anything in it. */
export function bareTemplate(set: Resource): Resource | undefined {
  const spec = asMap(set.object['spec'])
  if (spec['templatePatch'] !== undefined) return undefined
  const { metadata, spec: application } = asMap(spec['template'])
  const object = {
    apiVersion: argoApiVersion,
    kind: 'Application',
    metadata: asMap(metadata),
    spec: asMap(application),
  }
  return toResource(object, { ...set.source, pointer: `${set.source.pointer ?? ''}/spec/template` })
}

function templateOf(spec: YamlMap): Template {
  const go = spec['goTemplate'] === true
  const strict = asList(spec['goTemplateOptions']).includes('missingkey=error')
  const renderText = (text: string, parameters: YamlMap): Expansion<string> => {
    if (!text.includes('{{')) return { kind: 'expanded', value: text }
    const result = go ? renderGoTemplate(text, parameters, strict) : renderFastTemplate(text, parameters)
    if (result.kind === 'text') return { kind: 'expanded', value: result.text }
    return { kind: result.kind === 'error' ? 'wrong' : 'not-evaluated', reason: result.reason }
  }
  return { go, render: (value, parameters) => renderDeep(value, text => renderText(text, parameters)) }
}

function renderDeep(
  value: YamlValue | undefined,
  renderText: (text: string) => Expansion<string>,
): Expansion<YamlValue | undefined> {
  if (typeof value === 'string') return renderText(value)
  if (isList(value)) return renderList(value, renderText)
  if (!isMap(value)) return { kind: 'expanded', value }
  const entries: (readonly [string, YamlValue | undefined])[] = []
  for (const [key, item] of Object.entries(value)) {
    const name = renderText(key)
    if (name.kind !== 'expanded') return name
    const rendered = renderDeep(item, renderText)
    if (rendered.kind !== 'expanded') return rendered
    entries.push([name.value, rendered.value])
  }
  return { kind: 'expanded', value: Object.fromEntries(entries) }
}

function renderList(list: readonly YamlValue[], renderText: (text: string) => Expansion<string>): Expansion<YamlValue> {
  const items: YamlValue[] = []
  for (const item of list) {
    const rendered = renderDeep(item, renderText)
    if (rendered.kind !== 'expanded') return rendered
    items.push(rendered.value ?? null)
  }
  return { kind: 'expanded', value: items }
}

function applicationOf(set: Resource, spec: YamlMap, template: Template, parameters: YamlMap): Expansion<Resource> {
  const rendered = template.render(spec['template'], parameters)
  if (rendered.kind !== 'expanded') return rendered
  const patched = patch(asMap(rendered.value), spec['templatePatch'], template, parameters)
  if (patched.kind !== 'expanded') return patched
  const metadata = asMap(patched.value['metadata'])
  const finalizers = asList(metadata['finalizers'])
  const preserved = asMap(spec['syncPolicy'])['preserveResourcesOnDeletion'] === true
  const object: YamlMap = {
    apiVersion: argoApiVersion,
    kind: 'Application',
    metadata: {
      ...metadata,
      ...(set.namespace === undefined ? {} : { namespace: set.namespace }),
      // Without preserveResourcesOnDeletion every generated Application cascades (applicationset/utils/utils.go).
      ...(preserved || finalizers.length > 0 ? {} : { finalizers: [cascadeFinalizer] }),
    },
    spec: patched.value['spec'],
  }
  const resource = toResource(object, { ...set.source, pointer: `${set.source.pointer ?? ''}/spec/template` })
  if (resource === undefined || resource.name === '')
    return { kind: 'wrong', reason: 'it generates an Application without a name' }
  return { kind: 'expanded', value: resource }
}

/** What a generator says in a template of its own goes before the set's, field by field (docs/operator-manual/applicationset/Template.md). */
function withGeneratorTemplate(template: YamlMap, generator: YamlMap): YamlMap {
  const own = Object.values(generator).flatMap(settings =>
    isMap(settings) && isMap(settings['template']) ? [settings['template']] : [],
  )
  return own.reduce<YamlMap>((result, over) => mergeMaps(result, withoutEmpty(over)), template)
}

function withoutEmpty(value: YamlMap): YamlMap {
  const kept = Object.entries(value).flatMap(([key, item]): readonly (readonly [string, YamlValue])[] => {
    if (isMap(item)) return [[key, withoutEmpty(item)]]
    const empty = item === undefined || item === null || item === '' || (isList(item) && item.length === 0)
    return empty ? [] : [[key, item]]
  })
  return Object.fromEntries(kept)
}

/** templatePatch: a merge in which lists are replaced, finalizers excepted, and null removes. */
function patch(
  application: YamlMap,
  text: YamlValue | undefined,
  template: Template,
  parameters: YamlMap,
): Expansion<YamlMap> {
  if (typeof text !== 'string' || text === '') return { kind: 'expanded', value: application }
  const rendered = template.render(text, parameters)
  if (rendered.kind !== 'expanded') return rendered
  const { value, diagnostics } = parseYaml(asString(rendered.value) ?? '', 'templatePatch')
  if (diagnostics.length > 0) return { kind: 'wrong', reason: 'its templatePatch is no YAML once rendered' }
  const merged = asMap(mergePatch(application, asMap(value[0]?.value)))
  const finalizers = [application, asMap(value[0]?.value)].flatMap(each =>
    asList(asMap(each['metadata'])['finalizers']),
  )
  if (finalizers.length === 0) return { kind: 'expanded', value: merged }
  return {
    kind: 'expanded',
    value: { ...merged, metadata: { ...asMap(merged['metadata']), finalizers: [...new Set(finalizers)] } },
  }
}
