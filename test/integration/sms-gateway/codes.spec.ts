import { smsCodesRpc } from '@peyk/contracts/sms';
import { loadConfig } from '@peyk/platform';
import { testServiceEnv } from '@peyk/testing';
import { SmsGatewayConfig } from '../../../apps/sms-gateway/src/config';
import { Live } from './live';

describe('one-time codes over the own lines', () => {
  const { siteAccountId, siteLineId } = loadConfig(SmsGatewayConfig, {
    DATABASE_URL: 'postgres://x/y',
    RABBITMQ_URL: 'amqp://x',
    ...testServiceEnv('sms-gateway'),
    SEAL_KEYS: `1:${Buffer.alloc(32, 1).toString('base64')}`,
    HEALTH_PORT: '0',
  });
  const mobile = '989121234567';
  const input = { mobile, text: 'کد ورود: 123456', key: 'code-0123456789' };
  let live: Live;

  beforeAll(async () => {
    live = await Live.start();
    const { lineId } = await live.customer();
    await live.sql(
      `INSERT INTO lines (id, customer_id, link_id, number, line_class)
       SELECT $1, $2, link_id, '982000000', 'service' FROM lines WHERE id = $3`,
      [siteLineId, siteAccountId, lineId],
    );
    live.world.credit.set(siteAccountId, 1_000_000);
  });
  afterAll(() => live.stop());

  it("IDN-205 accepts one once by its key, in the lane before all others, as the site's own send", async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => live.call(smsCodesRpc.send, input, 'service')),
    );
    expect(new Set(answers.map(({ sendId }) => sendId)).size).toBe(1);
    expect(await live.sql('SELECT customer_id, line_id, lane, recipients, body, state FROM sends')).toEqual([
      {
        customer_id: siteAccountId,
        line_id: siteLineId,
        lane: 'otp',
        recipients: 1,
        body: input.text,
        state: expect.stringMatching(/queued|sending/) as string,
      },
    ]);
    await expect(
      live.call(smsCodesRpc.send, { ...input, text: 'کد ورود: 654321' }, 'service'),
    ).rejects.toMatchObject({ code: 'idempotency.keyReused' });
  });

  it('guarantee 7: nobody but a program of the platform may send them', async () => {
    for (const as of [live.as(siteAccountId), live.as(siteAccountId, 'admin'), 'nobody'] as const)
      await expect(live.call(smsCodesRpc.send, { ...input, key: 'code-another' }, as)).rejects.toMatchObject({
        code: expect.stringMatching(/^access\./) as string,
      });
  });

  it('guarantee 8: refuses what is no mobile, and says when the wallet is empty', async () => {
    const other = { ...input, key: 'code-third-one' };
    await expect(
      live.call(smsCodesRpc.send, { ...other, mobile: '09121234567' }, 'service'),
    ).rejects.toMatchObject({ code: 'input.invalid' });
    live.world.credit.set(siteAccountId, 0);
    await expect(live.call(smsCodesRpc.send, other, 'service')).rejects.toMatchObject({
      code: 'wallet.insufficientCredit',
    });
  });
});
