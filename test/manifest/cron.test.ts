import { expect, test } from 'vitest'
import { cronScheduleFault, hasTimeZonePrefix } from '../../generator/manifest/cron.ts'

test.each([
  '* * * * *',
  '*/5 * * * ?',
  '0 0 1,15 * 1-5',
  '0 0 * jan-mar MON',
  '@hourly',
  '@every 1h30m',
  '5/15 * * * *',
  '0  3 * * *',
  'TZ=UTC 0 0 * * *',
  '1-10/3 * * * *',
  '0 0 31 12 6',
])('accepts %s', schedule => expect(cronScheduleFault(schedule)).toBeUndefined())

test.each([
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 7',
  '*/0 * * * *',
  '5-1 * * * *',
  'a * * * *',
  '1-2-3 * * * *',
  '1/2/3 * * * *',
  '-1 * * * *',
  '@every',
  '@every x',
  '@fortnightly',
  '*/x * * * *',
  '1.5 * * * *',
])('refuses %j', schedule => expect(cronScheduleFault(schedule)).toMatch(/^must /))

test('a time zone in the schedule is seen', () => {
  expect(hasTimeZonePrefix('CRON_TZ=UTC 0 0 * * *')).toBe(true)
  expect(hasTimeZonePrefix('0 0 * * *')).toBe(false)
})
