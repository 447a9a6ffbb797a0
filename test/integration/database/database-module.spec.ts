import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule, query, Transactions } from '@peyk/database';
import { HealthRegistry } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { Message, Wallet } from './fixture';
import { asAdmin, dropScratch, scratchUrl } from './scratch';

@Injectable()
class Wallets {
  constructor(readonly transactions: Transactions) {}
}
@Module({ providers: [Wallets] })
class WalletsModule {}

describe(DatabaseModule.name, () => {
  const url = scratchUrl();
  const database = new URL(url).pathname.slice(1);
  beforeAll(() => asAdmin((client) => client.query(`CREATE DATABASE ${database}`)));
  afterAll(() => dropScratch(url));

  it('gives transactions to every module, is checked by readiness, and comes back after its connections are cut', async () => {
    const forRoot = DatabaseModule.forRoot({
      url,
      entities: [Wallet, Message],
      migrations: [],
      poolMax: 3,
      applicationName: 'peyk-module-spec',
    });
    const root = { module: class Root {}, imports: [forRoot, WalletsModule] };
    const app = await NestFactory.createApplicationContext(root, { logger: false });
    try {
      const health = app.get(HealthRegistry, { strict: false });
      const { transactions } = app.get(Wallets, { strict: false });
      const alive = (): Promise<object[]> => transactions.run((tx) => query(tx, 'SELECT 1 AS alive'));
      expect(await alive()).toEqual([{ alive: 1 }]);
      expect((await health.readiness()).ready).toBe(true);

      // What a restart of the server does: no connection is left, and for a while none can be made.
      await asAdmin(async (client) => {
        await client.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
        await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
          database,
        ]);
      });
      const { ready, body } = await health.readiness();
      expect(ready).toBe(false);
      expect(Object.keys(body['error'] as object)).toEqual(['database']);
      await expect(alive()).rejects.toThrow();

      await asAdmin((client) => client.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`));
      expect(await alive()).toEqual([{ alive: 1 }]);
      expect((await health.readiness()).ready).toBe(true);
    } finally {
      await app.close();
    }
    expect(app.get(DataSource).isInitialized).toBe(false);
  });
});
