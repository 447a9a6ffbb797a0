// End-to-end suites start first, since each is longer than most others together; then those that wait for servers, and
// unit tests fill what is left. Within a project as always in Jest: the longest of the last run, or the largest file.
import JestSequencer from '@jest/test-sequencer';

const Sequencer = JestSequencer.default ?? JestSequencer;
const projects = ['faults', 'e2e', 'integration', 'unit'];
const turn = ({ context }) => projects.indexOf(context.config.displayName?.name);

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => turn(a) - turn(b));
  }
}
