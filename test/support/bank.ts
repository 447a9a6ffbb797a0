// The simulators are test equipment themselves: their typed desk serves specs beside them and suites here.
// eslint-disable-next-line peyk/layers
export * from '../../apps/simulators/src/banks/bank-desk.fixture';
