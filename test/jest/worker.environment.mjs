// Spec files run in the context of their Jest worker, one after the other, instead of in a context each: packages can
// then be shared by all of them, and an Error of a package is an Error of the spec. What a file leaves in the global
// object, in the environment variables or in NestJS's logger is taken away after it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { LegacyFakeTimers, ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { forgetLoggers } from './packages.mjs';

const timerConfig = {
  idToRef: (id) => ({ id, ref: () => undefined, unref: () => undefined }),
  refToId: (timer) => timer?.id,
};

export default class WorkerEnvironment {
  constructor({ projectConfig: config }) {
    this.before = stateOf(globalThis);
    this.processBefore = stateOf(process);
    this.variables = { ...process.env };
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = new LegacyFakeTimers({
      config,
      global: globalThis,
      moduleMocker: this.moduleMocker,
      timerConfig,
    });
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
  }

  async setup() {
    serveLane();
  }

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    forgetLoggers();
    forgetStorages();
    for (const name of Object.keys(process.env)) if (!(name in this.variables)) delete process.env[name];
    Object.assign(process.env, this.variables);
    restore(process, this.processBefore);
    restore(globalThis, this.before);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** There is none of its own: worker.runtime.mjs compiles for the worker's. */
  getVmContext() {
    return null;
  }
}

function stateOf(object) {
  return new Map(Reflect.ownKeys(object).map((key) => [key, Reflect.getOwnPropertyDescriptor(object, key)]));
}

function restore(object, before) {
  for (const key of Reflect.ownKeys(object)) {
    const now = Reflect.getOwnPropertyDescriptor(object, key);
    const was = before.get(key);
    if (!now?.configurable) continue;
    if (!was) Reflect.deleteProperty(object, key);
    else if (was.value !== now.value || was.get !== now.get) Reflect.defineProperty(object, key, was);
  }
  for (const [key, was] of before) if (!Reflect.has(object, key)) Reflect.defineProperty(object, key, was);
}

/** All that were entered since the last file ended. */
const storages = new Set();
for (const name of ['run', 'enterWith']) {
  const enter = AsyncLocalStorage.prototype[name];
  AsyncLocalStorage.prototype[name] = function (...args) {
    storages.add(this);
    return enter.apply(this, args);
  };
}

/**
 * A storage that was ever entered is copied into each promise and timer until it is disabled, and each file evaluates
 * modules that make new ones: the hundredth file of a worker would pay for a hundred. One that lives on is enabled again
 * when it is entered.
 */
function forgetStorages() {
  for (const storage of storages) storage.disable();
  storages.clear();
}

/** Each worker of `npm test` has servers of its own. */
function serveLane() {
  const { TEST_LANES: lanes, JEST_WORKER_ID: worker = '1' } = process.env;
  if (!lanes) return;
  Object.assign(process.env, JSON.parse(lanes)[Number(worker) - 1]);
}
