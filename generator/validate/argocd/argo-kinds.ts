// The kinds that rules about Argo CD's own objects look at: one array each, so that the engine asks about nothing else.

export const applicationKinds: readonly string[] = ['Application']
export const projectKinds: readonly string[] = ['AppProject']
export const applicationSetKinds: readonly string[] = ['ApplicationSet']
