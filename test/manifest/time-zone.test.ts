import { expect, test } from 'vitest'
import { isTimeZone, timeZoneNames } from '../../generator/manifest/time-zone.ts'

test.each([
  'UTC',
  'Etc/UTC',
  'Europe/Berlin',
  'Asia/Kolkata',
  'US/Pacific',
  'America/Argentina/Buenos_Aires',
  'Etc/GMT+1',
  'EST5EDT',
])('%s', name => expect(isTimeZone(name)).toBe(true))
test.each(['', 'Local', 'utc', 'europe/berlin', 'Europe/Berlín', 'PST', 'Mars/Base', '+01:00', ' UTC', 'Europe/'])(
  'not %j',
  name => expect(isTimeZone(name)).toBe(false),
)
test('names to suggest from', () => expect(timeZoneNames()).toContain('Europe/Berlin'))
