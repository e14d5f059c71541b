// Whether a name is a time zone the API server can load: an IANA name in its own spelling, never "Local".
// The list of zones is the JavaScript engine's (ICU), which follows the IANA database as Go's embedded copy does.

const withoutSlash: ReadonlySet<string> = new Set(
  (
    'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel ' +
    'Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey ' +
    'UCT UTC Universal W-SU WET Zulu'
  ).split(' '),
)

const spelling = /^[A-Z][A-Za-z]*(\/[A-Z0-9][A-Za-z0-9_+-]*)+$/

/** Whether a time zone exists under exactly this name. */
export function isTimeZone(name: string): boolean {
  if (withoutSlash.has(name)) return true
  return spelling.test(name) && !name.startsWith('SystemV/') && isKnown(name)
}

/** The names to suggest from. */
export function timeZoneNames(): readonly string[] {
  return [...Intl.supportedValuesOf('timeZone'), ...withoutSlash]
}

function isKnown(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
