import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts'
import type { PolicyException } from '../../generator/model/profile.ts'
import { applyExceptions, type ExceptionsOptions } from '../../generator/validate/exceptions.ts'

const today = '2026-06-15'

function diagnostic(overrides: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: 'policy/no-latest-tag',
    severity: 'error',
    message: 'moving tag',
    at: { file: 'a.yaml', document: 1, pointer: '' },
    environment: 'production',
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    ...overrides,
  }
}
function exception(overrides: Partial<PolicyException> = {}): PolicyException {
  return { code: 'policy/no-latest-tag', object: 'Deployment/web', reason: 'vendor publishes no tags', ...overrides }
}
function outcome(
  found: readonly Diagnostic[],
  exceptions: readonly PolicyException[],
  options?: ExceptionsOptions,
): unknown {
  const { kept, excepted, findings } = applyExceptions(found, exceptions, today, options)
  return [kept.length, excepted.length, findings.map(({ code }) => code)]
}

describe('what an exception matches', () => {
  test.each([
    { name: 'the object', given: {}, matches: true },
    { name: 'any name', given: { object: 'Deployment/*' }, matches: true },
    { name: 'any kind', given: { object: '*/web' }, matches: true },
    { name: 'everything', given: { object: '*/*' }, matches: true },
    { name: 'a part of the name', given: { object: 'Deployment/w*' }, matches: true },
    { name: 'a kind alone', given: { object: 'Deployment' }, matches: true },
    { name: 'its environment', given: { environments: ['staging', 'production'] }, matches: true },
    { name: 'another environment', given: { environments: ['staging'] }, matches: false },
    { name: 'another name', given: { object: 'Deployment/web2' }, matches: false },
    { name: 'a name that is part of it', given: { object: 'Deployment/we' }, matches: false },
    { name: 'another kind', given: { object: 'StatefulSet/web' }, matches: false },
    { name: 'another code', given: { code: 'policy/no-host-port' }, matches: false },
    { name: 'a dot is a dot', given: { object: 'Deployment/w.b' }, matches: false },
    { name: 'a family is no code', given: { code: 'policy' }, matches: false },
  ])('$name', ({ given, matches }) => {
    expect(outcome([diagnostic()], [exception(given)])).toEqual(
      matches ? [0, 1, []] : [1, 0, ['model/unused-exception']],
    )
  })

  test('the accepted finding comes back with its exception', () => {
    const reason = exception()
    expect(applyExceptions([diagnostic()], [reason], today).excepted).toEqual([
      { diagnostic: diagnostic(), exception: reason },
    ])
  })

  test('two exceptions for one finding are both used', () => {
    expect(outcome([diagnostic()], [exception(), exception({ object: '*/*' })])).toEqual([0, 1, []])
  })

  test('a finding without an object is matched by "*/*" alone', () => {
    const { resource: _, ...bare } = diagnostic()
    expect(outcome([bare], [exception({ object: '*/*' })])).toEqual([0, 1, []])
    expect(outcome([bare], [exception()])).toEqual([1, 0, ['model/unused-exception']])
  })
})

describe('expiry', () => {
  test.each([
    { expires: '2026-06-16', holds: true },
    { expires: '2026-06-15', holds: false },
    { expires: '2025-12-31', holds: false },
    { expires: 'next year', holds: false },
    { expires: '2027-13-01', holds: false },
    { expires: '9999', holds: false },
  ])('$expires', ({ expires, holds }) => {
    expect(outcome([diagnostic()], [exception({ expires })])).toEqual(
      holds ? [0, 1, []] : [1, 0, ['model/expired-exception']],
    )
  })

  test.each(['next year', '2027-13-01', '9999', '31.01.2027'])('"%s" is no date, and an error', expires => {
    const { findings } = applyExceptions([diagnostic()], [exception({ expires })], today)
    expect(
      findings.map(({ severity, message }) => [
        severity,
        message.endsWith(`expires on "${expires}", which is no date, so it does not hold`),
      ]),
    ).toEqual([['error', true]])
  })

  test('an expired one that matches nothing is one finding', () => {
    const { findings } = applyExceptions([], [exception({ expires: '2020-01-01' })], today)
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'model/expired-exception',
        'the exception from "policy/no-latest-tag" for "Deployment/web" ended on "2020-01-01", and matches nothing any more',
      ],
    ])
  })
})

describe('what cannot be accepted', () => {
  test.each(['yaml/syntax', 'schema/unknown-field', 'kustomize/no-match', 'model/unused-exception'] as const)(
    '%s',
    code => {
      expect(outcome([diagnostic({ code })], [exception({ code })])).toEqual([1, 0, ['model/exception-not-allowed']])
    },
  )

  test.each([
    'policy/a',
    'reference/a',
    'pod-security/a',
    'admission/a',
    'argocd/a',
    'change/a',
    'repository/a',
  ] as const)('%s can', code => {
    expect(outcome([diagnostic({ code })], [exception({ code })])).toEqual([0, 1, []])
  })

  test('without a reason', () => {
    expect(outcome([diagnostic()], [exception({ reason: ' ' })])).toEqual([1, 0, ['model/exception-not-allowed']])
  })
})

describe('unused', () => {
  test('not where the run did not look', () => {
    expect(outcome([], [exception({ environments: ['production'] })], { environments: ['staging'] })).toEqual([
      0,
      0,
      [],
    ])
    expect(outcome([], [exception({ environments: ['production'] })], { environments: ['production'] })).toEqual([
      0,
      0,
      ['model/unused-exception'],
    ])
    expect(outcome([], [exception()], { ran: code => code.startsWith('schema/') })).toEqual([0, 0, []])
  })

  test.each([
    {
      name: 'all of its environments were looked at',
      given: { environments: ['a', 'b'] },
      options: { environments: ['a', 'b'] },
      unused: true,
    },
    {
      name: 'one of them was not',
      given: { environments: ['a', 'b'] },
      options: { environments: ['a'] },
      unused: false,
    },
    {
      name: 'it is for everything, and a part was looked at',
      given: {},
      options: { environments: ['a'], complete: false },
      unused: false,
    },
    {
      name: 'it is for everything, and that was looked at',
      given: {},
      options: { environments: ['a'], complete: true },
      unused: true,
    },
  ])('where $name: $unused', ({ given, options, unused }) => {
    expect(outcome([], [exception(given)], options)).toEqual([0, 0, unused ? ['model/unused-exception'] : []])
  })

  test.each([
    { name: 'object', given: { object: 'Deploymnt/web' }, says: 'matches no finding, did you mean "Deployment/web"?' },
    { name: 'name', given: { object: 'Deployment/wep' }, says: 'matches no finding, did you mean "Deployment/web"?' },
    {
      name: 'environment',
      given: { environments: ['prodution'] },
      says: 'is for environment "prodution", which is not declared, did you mean "production"?',
    },
  ])('a misspelt $name gets a suggestion', ({ given, says }) => {
    const options = {
      objects: ['Deployment/web', 'ConfigMap/settings'],
      known: ['staging', 'production'],
      environments: ['staging', 'production'],
    }
    const { findings } = applyExceptions([], [exception(given)], today, options)
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining(says)])
  })

  test('an object that is there gets none: it is clean', () => {
    const { findings } = applyExceptions([], [exception()], today, { objects: ['Deployment/web', 'Deployment/wep'] })
    expect(findings[0]?.message).toMatch(/matches no finding$/)
  })

  test('a misspelt code gets a suggestion', () => {
    const { findings } = applyExceptions([], [exception({ code: 'policy/no-latest-tags' })], today, {
      codes: ['policy/no-latest-tag'],
    })
    expect(findings[0]?.message).toContain('did you mean "policy/no-latest-tag"?')
  })

  test('the place of a finding is where the exception is declared', () => {
    const at = { file: 'generator/platform/shop.ts', document: 1, pointer: '', line: 12, column: 5 }
    expect(applyExceptions([], [exception()], today, { at: () => at }).findings[0]?.at).toEqual(at)
    expect(applyExceptions([], [exception()], today).findings[0]?.at.pointer).toBe('/exceptions/0')
  })
})
