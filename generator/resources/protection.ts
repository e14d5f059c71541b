// Objects whose loss is loss of data: Argo CD asks before it prunes or deletes them.
// https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#resource-pruning-with-confirmation

export const protectedFromDeletion: Record<string, string> = {
  'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm',
}
