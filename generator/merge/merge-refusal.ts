// Why a strategic merge stops. Thrown and caught inside merge/; callers see a message.

export class MergeRefusal extends Error {}
