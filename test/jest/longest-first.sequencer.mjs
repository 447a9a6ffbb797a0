// The two suites that compute most start first, and beside them long ones that mostly wait: together they fill the
// processors without standing in each other's way. Then the other suites with servers, those that wait spread among those
// that compute. Otherwise as always in Jest: the longest of the last run, or the largest file.
import JestSequencer from '@jest/test-sequencer';

const Sequencer = JestSequencer.default ?? JestSequencer;
const first = [
  'test/e2e/platform.e2e-spec.ts',
  'test/panel/panel.e2e-spec.ts',
  'test/integration/sms-dispatch-worker/operator.spec.ts',
  'test/e2e/faults.e2e-spec.ts',
  'test/integration/sms-gateway/service.spec.ts',
  'test/integration/messaging/broker-restart.spec.ts',
];
const projects = ['faults', 'e2e', 'integration', 'unit'];

/** @returns {number} its turn: the smaller, the sooner */
function turn({ path, context }) {
  const at = first.findIndex((file) => path.endsWith(`/${file}`));
  return at >= 0 ? at : first.length + projects.indexOf(context.config.displayName?.name);
}

/** Those among the others that mostly wait. */
const waiting = [
  'test/integration/messaging/outbox.spec.ts',
  'test/integration/identity/bale.spec.ts',
  'test/integration/messaging/consumer.spec.ts',
  'test/integration/identity/codes.spec.ts',
  'test/integration/messaging/broker.spec.ts',
  'test/integration/messaging/dead-letters.spec.ts',
  'test/integration/messaging/rpc.spec.ts',
];
const othersBetween = 4;

const isOneOf = (files, { path }) => files.some((file) => path.endsWith(`/${file}`));

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const inTurn = super.sort(tests).sort((a, b) => turn(a) - turn(b));
    const ordered = inTurn.filter((test) => isOneOf(first, test));
    const others = inTurn.filter((test) => !isOneOf(first, test) && !isOneOf(waiting, test));
    for (const test of inTurn.filter((each) => isOneOf(waiting, each)))
      ordered.push(test, ...others.splice(0, othersBetween));
    return [...ordered, ...others];
  }
}
