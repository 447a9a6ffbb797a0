import { createDataSource } from '@peyk/database';
import { createLogger } from '@peyk/platform';
import { eventually, scratchDatabase, testServers } from '@peyk/testing';
import type { ScratchDatabase } from '@peyk/testing';
import type { DataSource } from 'typeorm';
import { Leadership, notifyLeader } from '../../../apps/sms-gateway/src/dispatch/leadership';

describe('leadership', () => {
  let database: ScratchDatabase;
  let source: DataSource;
  const said: string[] = [];
  const replica = (name: string): Leadership =>
    new Leadership(database.url, createLogger('sms-gateway', { level: 'fatal' }), {
      begin: () => Promise.resolve(void said.push(`${name} begins`)),
      end: () => Promise.resolve(void said.push(`${name} ends`)),
      onNotified: () => said.push(`${name} told`),
    });

  beforeAll(async () => {
    database = await scratchDatabase(testServers().databaseUrl);
    source = await createDataSource({
      url: database.url,
      entities: [],
      migrations: [],
      poolMax: 1,
      applicationName: 'spec',
    }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('the replica that leads is told by any other, and after it the one that leads then', async () => {
    const [first, second] = [replica('first'), replica('second')];
    first.start();
    await eventually(() => expect(said).toEqual(['first begins']));
    second.start();
    await notifyLeader(source);
    await eventually(() => expect(said).toEqual(['first begins', 'first told']));
    await first.stop();
    await eventually(() => expect(said.slice(2)).toEqual(['first ends', 'second begins']));
    await notifyLeader(source);
    await eventually(() => expect(said.slice(4)).toEqual(['second told']));
    await second.stop();
    await notifyLeader(source);
    expect(said.slice(5)).toEqual(['second ends']);
  });
});
