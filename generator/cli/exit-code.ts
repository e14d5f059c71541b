// What the process answers to its caller. Scripts and hooks depend on these numbers; they never change.

/** Nothing to object to. */
export const CLEAN = 0
/** Findings of severity error, or drift. */
export const FINDINGS = 1
/** Bad usage, bad configuration, or input that cannot be read. */
export const UNUSABLE = 2
/** A bug in this tool. */
export const INTERNAL = 3

export type ExitCode = typeof CLEAN | typeof FINDINGS | typeof UNUSABLE | typeof INTERNAL
