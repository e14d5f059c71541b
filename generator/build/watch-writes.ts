// Data that tells when somebody writes to it, the same value too: kustomize holds a validator to have changed an object as soon as
// one of its nodes is another one.

/** The same map or list, looked at through a window that tells of every write to it, or to anything inside. */
export function watchWrites<T extends object>(container: T, told: () => void): T {
  return new Proxy(container, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'object' && value !== null ? watchWrites(value, told) : value
    },
    set: (target, key, value) => {
      told()
      return Reflect.set(target, key, value)
    },
    deleteProperty: (target, key) => {
      told()
      return Reflect.deleteProperty(target, key)
    },
  })
}
