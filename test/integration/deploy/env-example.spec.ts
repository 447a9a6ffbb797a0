import { describeConfig } from '@peyk/platform';
import { programConfigs } from '../../../deploy/generate/apps';
import { envExample } from '../../../deploy/generate/env-example';

describe('.env.example', () => {
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
