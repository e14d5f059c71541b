// docs/user-guide/sync_windows.md and pkg/apis/application/v1alpha1/types.go (SyncWindows) of Argo CD 3.5.

import { describe, expect, test } from 'vitest'
import { nextTime, parseCron } from '../../../generator/argocd/simulate/cron.ts'
import { parseDuration } from '../../../generator/manifest/duration.ts'
import {
  canSync,
  concerns,
  isOpen,
  isTimeZone,
  nextOpening,
  windowsFor,
  windowView,
} from '../../../generator/argocd/simulate/sync-windows.ts'
import type { YamlMap } from '../../../generator/manifest/value.ts'

const at = (text: string): number => Date.parse(text)
const seconds = (text: string): number => at(text) / 1000

describe('cron', () => {
  test.each([
    ['0 9 * * *', '2026-01-01T08:00:00Z', '2026-01-01T09:00:00Z'],
    ['0 9 * * *', '2026-01-01T09:00:00Z', '2026-01-02T09:00:00Z'],
    ['*/15 * * * *', '2026-01-01T08:14:59Z', '2026-01-01T08:15:00Z'],
    ['5/20 * * * *', '2026-01-01T08:06:00Z', '2026-01-01T08:25:00Z'],
    ['0 0 1 * *', '2026-01-02T00:00:00Z', '2026-02-01T00:00:00Z'],
    ['0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['0 0 * * 1-5', '2026-01-02T12:00:00Z', '2026-01-05T00:00:00Z'],
    ['0 0 * * SUN', '2026-01-01T00:00:00Z', '2026-01-04T00:00:00Z'],
    ['0 0 13 * FRI', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
    ['0 0 ? JAN,mar *', '2026-01-31T12:00:00Z', '2026-03-01T00:00:00Z'],
    ['0 22-23 * * *', '2026-01-01T22:30:00Z', '2026-01-01T23:00:00Z'],
    ['0 0 1 1 *', '1999-12-31T23:59:59Z', '2000-01-01T00:00:00Z'],
  ])('%s after %s', (text, after, expected) => {
    const schedule = parseCron(text)
    if (typeof schedule === 'string') throw new Error(schedule)
    expect(nextTime(schedule, seconds(after))).toBe(seconds(expected))
  })

  test('31 February never comes', () => {
    const schedule = parseCron('0 0 31 2 *')
    expect(typeof schedule === 'string' ? schedule : nextTime(schedule, 0)).toBeUndefined()
  })

  test.each([
    ['@daily', 'descriptor'],
    ['0 9 * *', '4 fields'],
    ['', '0 fields'],
    ['60 * * * *', 'out of 0 to 59'],
    ['* * 0 * *', 'out of 1 to 31'],
    ['* * * * 7', 'out of 0 to 6'],
    ['5-1 * * * *', 'ends before'],
    ['*/0 * * * *', 'no positive number'],
    ['x * * * *', 'no minute'],
    ['1-2-3 * * * *', 'no minute'],
    ['TZ=UTC 0 0 * * *', 'time zone'],
  ])('%s is refused: %s', (text, message) => {
    expect(parseCron(text)).toContain(message)
  })
})

test.each([
  ['1h', 3600],
  ['1h30m', 5400],
  ['1.5h', 5400],
  ['.5s', 0.5],
  ['-1m', -60],
  ['0', 0],
  ['300ms', 0.3],
  ['1d', undefined],
  ['10', undefined],
  ['', undefined],
  ['1h ', undefined],
])('duration %s is %s seconds', (text, expected) => {
  expect(parseDuration(text)).toBe(expected)
})

const application = (name = 'hustlex-production', namespace = 'hustlex', cluster = 'prod'): YamlMap => ({
  metadata: { name },
  spec: { destination: { name: cluster, namespace } },
})

describe('which Applications a window concerns', () => {
  test.each<{ window: YamlMap; expected: boolean }>([
    { window: { applications: ['hustlex-*'] }, expected: true },
    { window: { applications: ['*'] }, expected: true },
    { window: { applications: ['other'] }, expected: false },
    { window: { namespaces: ['hustlex'] }, expected: true },
    { window: { clusters: ['prod'] }, expected: true },
    { window: { clusters: ['https://*'] }, expected: false },
    { window: { applications: ['other'], namespaces: ['hustlex'] }, expected: true },
    { window: { applications: ['other'], namespaces: ['hustlex'], andOperator: true }, expected: false },
    { window: { applications: ['hustlex-*'], namespaces: ['hustlex'], andOperator: true }, expected: true },
    { window: { applications: ['hustlex-*'], andOperator: true }, expected: true },
    { window: { applications: ['hustlex-*'], clusters: ['x'], andOperator: true }, expected: false },
    { window: {}, expected: false },
  ])('$window: $expected', ({ window, expected }) => {
    expect(concerns(window, application())).toBe(expected)
  })
})

function window(fields: YamlMap): NonNullable<ReturnType<typeof windowView>> {
  const view = windowView({ kind: 'allow', schedule: '0 9 * * *', duration: '1h', ...fields }, '')
  if (view === undefined) throw new Error('no window')
  return view
}

describe('whether a window is open', () => {
  test.each([
    ['2026-01-01T08:59:59Z', {}, false],
    // The first instant itself is not yet inside: Argo CD asks for a start strictly before now.
    ['2026-01-01T09:00:00Z', {}, false],
    ['2026-01-01T09:00:01Z', {}, true],
    ['2026-01-01T09:59:59Z', {}, true],
    ['2026-01-01T10:00:00Z', {}, false],
    ['2026-01-01T08:30:00Z', { timeZone: 'Europe/Berlin' }, true],
    ['2026-07-01T07:30:00Z', { timeZone: 'Europe/Berlin' }, true],
    ['2026-07-01T08:30:00Z', { timeZone: 'Europe/Berlin' }, false],
    ['2026-01-01T14:30:00Z', { timeZone: 'America/New_York' }, true],
    ['2026-01-01T09:30:00Z', { timeZone: 'Nowhere/Here' }, true],
    ['2026-01-03T23:00:00Z', { schedule: '0 22 * * 5', duration: '48h' }, true],
    ['2026-01-04T23:00:00Z', { schedule: '0 22 * * 5', duration: '48h' }, false],
  ] as const)('at %s with %s: %s', (time, fields, expected) => {
    expect(isOpen(window(fields), at(time))).toBe(expected)
  })
})

describe('whether a sync may run', () => {
  const inside = at('2026-01-01T09:30:00Z')
  const outside = at('2026-01-01T12:00:00Z')
  const allow = window({})
  const deny = window({ kind: 'deny' })

  test.each([
    { name: 'no windows', windows: [], question: { at: inside, manual: false }, expected: true },
    { name: 'inside allow', windows: [allow], question: { at: inside, manual: false }, expected: true },
    { name: 'outside allow', windows: [allow], question: { at: outside, manual: false }, expected: false },
    { name: 'outside allow, by hand', windows: [allow], question: { at: outside, manual: true }, expected: false },
    {
      name: 'outside allow, by hand, let through',
      windows: [window({ manualSync: true })],
      question: { at: outside, manual: true },
      expected: true,
    },
    { name: 'inside deny', windows: [deny], question: { at: inside, manual: false }, expected: false },
    { name: 'outside deny', windows: [deny], question: { at: outside, manual: false }, expected: true },
    { name: 'deny beats allow', windows: [allow, deny], question: { at: inside, manual: false }, expected: false },
    {
      name: 'one strict deny stops manual syncs',
      windows: [deny, window({ kind: 'deny', manualSync: true })],
      question: { at: inside, manual: true },
      expected: false,
    },
    {
      name: 'allow elsewhere, deny closed',
      windows: [allow, window({ kind: 'deny', schedule: '0 0 * * *' })],
      question: { at: outside, manual: false },
      expected: false,
    },
    {
      name: 'overrun into deny',
      windows: [window({ kind: 'deny', syncOverrun: true })],
      question: { at: inside, manual: false, startedAt: at('2026-01-01T08:50:00Z') },
      expected: true,
    },
    {
      name: 'overrun not permitted',
      windows: [deny],
      question: { at: inside, manual: false, startedAt: at('2026-01-01T08:50:00Z') },
      expected: false,
    },
    {
      name: 'overrun out of allow',
      windows: [window({ syncOverrun: true })],
      question: { at: at('2026-01-01T10:05:00Z'), manual: false, startedAt: at('2026-01-01T09:50:00Z') },
      expected: true,
    },
    {
      name: 'overrun of a sync that was never allowed',
      windows: [window({ syncOverrun: true })],
      question: { at: at('2026-01-01T10:05:00Z'), manual: false, startedAt: at('2026-01-01T08:50:00Z') },
      expected: false,
    },
  ])('$name', ({ windows, question, expected }) => {
    expect(canSync(windows, question).allowed).toBe(expected)
  })
})

describe('the next opening', () => {
  const from = at('2026-01-01T12:00:00Z')

  test('now', () => {
    expect(nextOpening([], from)).toBe(from)
  })

  test('when the allow window opens', () => {
    expect(nextOpening([window({})], from)).toBe(at('2026-01-02T09:00:01Z'))
  })

  test('when the deny window closes', () => {
    expect(nextOpening([window({ kind: 'deny', duration: '6h' })], from)).toBe(at('2026-01-01T15:00:01Z'))
  })

  test('too many edges to tell', () => {
    const spring = window({ kind: 'deny', schedule: '* * * 1-5 *', duration: '2m' })
    expect(nextOpening([spring], from)).toBe('not-evaluated')
  })

  test('never', () => {
    expect(nextOpening([window({ kind: 'deny', schedule: '0 0 * * *', duration: '25h' })], from)).toBeUndefined()
    expect(nextOpening([window({ schedule: '0 0 31 2 *' })], from)).toBeUndefined()
    expect(nextOpening([window({ kind: 'deny', schedule: '* * * * *', duration: '1m' })], from)).toBeUndefined()
    expect(nextOpening([window({ kind: 'deny', schedule: '0 */6 * * *', duration: '6h' })], from)).toBeUndefined()
  })
})

test('windows of a project', () => {
  const project: YamlMap = {
    spec: {
      syncWindows: [
        { kind: 'allow', schedule: '0 9 * * *', duration: '1h', applications: ['hustlex-*'] },
        { kind: 'allow', schedule: '0 9 * * *', duration: '1h', applications: ['other'] },
        { kind: 'allow', schedule: '@daily', duration: '1h', applications: ['*'] },
        { kind: 'deny', schedule: '0 9 * * *', duration: '1d', applications: ['*'] },
      ],
    },
  }
  expect(windowsFor(project, application()).map(found => found.pointer)).toEqual(['/spec/syncWindows/0'])
  expect(isTimeZone('Europe/Berlin')).toBe(true)
  expect(isTimeZone('')).toBe(false)
})
