// What the parts that look into a CustomResourceDefinition tell each other.

/** Where a definition breaks a rule, and which. */
export interface Problem {
  readonly at: string
  readonly message: string
  readonly help: string
}
