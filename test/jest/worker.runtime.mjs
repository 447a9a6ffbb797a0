// Jest's module loader for spec files that run in the context of their worker (worker.environment.mjs). Our own modules
// are evaluated anew for each file, as always in Jest, so that no state of theirs goes from one file to another; but each
// is compiled once a worker, and packages are shared.
import { compileFunction } from 'node:vm';
import JestRuntime from 'jest-runtime';
import { isPackage, requirePackage } from './packages.mjs';

const Runtime = JestRuntime.default ?? JestRuntime;

/** By file name: the transformed source, and the function that evaluates it. */
const compiled = new Map();

export default class WorkerRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const { injectedModuleParameters } = this.executor;
    this.executor.compile = (source, filename) => {
      const known = compiled.get(filename);
      if (known?.source === source) return known.evaluate;
      const evaluate = compileFunction(source, injectedModuleParameters, { filename });
      compiled.set(filename, { source, evaluate });
      return evaluate;
    };
  }

  requireModule(from, name, options, isRequireActual) {
    if (name !== undefined && !options?.isInternalModule && isPackage(name)) return requirePackage(name);
    return super.requireModule(from, name, options, isRequireActual);
  }
}
