/** Defines a property that a page may still replace; without a descriptor it is undefined. */
export function define(target: object, name: string, descriptor?: PropertyDescriptor): void {
  Object.defineProperty(target, name, { configurable: true, ...descriptor });
}
