import { randomUUID } from 'node:crypto';
import { ApiClient } from '../support/api';
import { checkRound, killDuringSend, patiently, prepareLink, targets } from '../support/faults';
import type { Target } from '../support/faults';
import { PeykSystem, demo } from '../support/system';

/**
 * The long form (`npm run test:faults`): kill -9 at random moments of 20,000-message sends. FAULT_ROUNDS (20) and
 * FAULT_SEED choose how many and which; the seed is printed.
 */
const rounds = Number(process.env['FAULT_ROUNDS'] ?? 20);
const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
const messages = Number(process.env['FAULT_MESSAGES'] ?? 20_000);

/** Of one message of these rounds. */
const rialsAtMost = 2_000;

describe(`guarantees 1, 2 and 4 under kill -9 (seed ${seed})`, () => {
  let system: PeykSystem;
  let api: ApiClient;
  const random = lcg(seed);

  beforeAll(async () => {
    system = await PeykSystem.start({
      databaseUrl: process.env['TEST_DATABASE_URL'] ?? '',
      rabbitmqUrl: process.env['TEST_RABBITMQ_URL'] ?? '',
      dir: process.env['TEST_STATE_DIR'],
      logFolder: 'faults',
    });
    api = await new ApiClient(system.baseUrl).signIn(demo.customer.username, demo.customer.password);
    // The demo credit is enough for 18 rounds.
    await system.sql('billing', `SELECT ledger_credit($1, 'credit', $2, $3, $4)`, [
      randomUUID(),
      demo.customer.id,
      rounds * messages * rialsAtMost,
      'fault rounds',
    ]);
    await prepareLink(system, 3_000);
  }, 180_000);

  afterAll(async () => {
    await system?.stop();
  }, 60_000);

  for (let round = 0; round < rounds; round++) {
    it(`round ${round + 1}: nothing lost, no duplicate, every Rial explained`, async () => {
      // Every target gets its turn; each third round kills two.
      const kills: { target: Target; at: number }[] = [
        { target: targets[round % targets.length] ?? 'sms-gateway', at: random() * 0.9 },
      ];
      if (round % 3 === 2)
        kills.push({
          target: targets[Math.floor(random() * targets.length)] ?? 'rabbitmq',
          at: random() * 0.9,
        });
      api = await patiently(() =>
        new ApiClient(system.baseUrl).signIn(demo.customer.username, demo.customer.password),
      );
      const result = await killDuringSend(system, api, messages, kills, 180_000);
      process.stderr.write(`${JSON.stringify(result)}\n`);
      checkRound(result);
    }, 300_000);
  }
});

function lcg(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
