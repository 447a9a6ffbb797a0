// Jest evaluates each spec file in a context of its own, with an Error of its own. What Node itself throws (no such file, no
// connection, a fetch that took too long) comes from outside and is an Error all the same, as it is in the programs.
import { types } from 'node:util';

const isInstance = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    if (isInstance.call(this as () => void, value)) return true;
    return this === Error && (types.isNativeError(value) || value instanceof DOMException);
  },
});
