import { loadConfig } from '@peyk/platform';
import { accountsOf, SimulatorsConfig } from './config';

describe('settings of the simulators', () => {
  it('gives the demo operator when nothing is set', () => {
    const config = loadConfig(SimulatorsConfig, {});
    const accounts = accountsOf(config);
    expect(config).toMatchObject({ host: '127.0.0.1', smppPort: 2_775, httpPort: 2_780 });
    expect(accounts).toMatchObject([{ systemId: 'peyk', settings: { partsPerSecond: 1_000, window: 100 } }]);
  });

  it.each([
    [{ SIM_SMPP_PORT: '70000' }, 'SIM_SMPP_PORT'],
    [{ SIM_ACCOUNTS: '{' }, 'SIM_ACCOUNTS'],
    [{ SIM_ACCOUNTS: '{}' }, 'array'],
    [{ SIM_ACCOUNTS: '[{"systemId":"a"}]' }, 'password'],
    [{ SIM_ACCOUNTS: '[{"systemId":"a","password":"b","window":0}]' }, 'window'],
  ])('stops on %j naming %s', (env, named) => {
    expect(() => accountsOf(loadConfig(SimulatorsConfig, env))).toThrow(named);
  });
});
