// Which place gave each field of an object its value.

/** Placeholder until origins are tracked. */
export interface Provenance {
  readonly fork: () => Provenance
}
