import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeConfig } from '@peyk/platform';
import { envExample, envExamplePath, programConfigs } from '../../../deploy/env-example';

describe('.env.example', () => {
  it('is what the configuration classes say (npm run env:example makes it anew)', () => {
    expect(readFileSync(envExamplePath, 'utf8')).toBe(envExample());
  });

  it('knows the configuration of every program', () => {
    const apps = readdirSync(join(__dirname, '../../../apps'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'web')
      .map(({ name }) => name);
    expect(Object.keys(programConfigs).sort()).toEqual(apps.sort());
  });

  it('has every key, and no value of a secret', () => {
    const lines = envExample().split('\n');
    for (const config of Object.values(programConfigs)) {
      for (const { key, secret } of describeConfig(config)) {
        const set = lines.filter((line) => line.replace(/^# /, '').startsWith(`${key}=`));
        expect(set).not.toHaveLength(0);
        if (secret) for (const line of set) expect(line).toMatch(/=$/);
      }
    }
  });
});
