// The two suites that compute most start first, and beside them those that mostly wait: together they fill the processors
// without standing in each other's way. Then the other suites with servers, and unit tests fill what is left. Otherwise
// as always in Jest: the longest of the last run, or the largest file.
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

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => turn(a) - turn(b));
  }
}
