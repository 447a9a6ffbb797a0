import { readConfig } from './config';

describe('readConfig', () => {
  it('gives the demo operator when nothing is set', () => {
    const { config, accounts } = readConfig({});
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
    expect(() => readConfig(env)).toThrow(named);
  });
});
