import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { eventually } from '@peyk/testing';
import type { CodeChannel, CodeMessage } from '../channels/code-channel';
import { CodeSender } from './code-sender';

type Outcome = 'sent' | 'notThere' | 'fails';

/** A way with the outcomes of its next sends; then `sent`. */
function way(name: CodeChannel['name'], ...outcomes: Outcome[]): CodeChannel & { readonly tries: string[] } {
  const tries: string[] = [];
  return {
    name,
    tries,
    send: async ({ id }) => {
      tries.push(id);
      const outcome = outcomes.shift() ?? 'sent';
      if (outcome === 'fails') throw new Error('down');
      return outcome;
    },
  };
}

const message = (id = 'a'): CodeMessage => ({
  id,
  code: '123456',
  purpose: 'sign_in',
  mobile: '989121234567',
  chatId: '1',
  email: 'a@example.org',
});
const options = () => ({ accountId: null, until: new Date(Date.now() + 120_000) });

describe(CodeSender.name, () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  const senders: CodeSender[] = [];
  const senderOf = (...ways: CodeChannel[]): CodeSender => {
    const sender = new CodeSender(ways);
    senders.push(sender);
    return sender;
  };
  afterEach(() => Promise.all(senders.splice(0).map((sender) => sender.onModuleDestroy())));

  it('goes through Bale to SMS, never to an address that nobody chose', async () => {
    const ways = [way('email'), way('sms'), way('bale_otp', 'notThere'), way('bale_chat', 'fails')] as const;
    senderOf(...ways).send(message(), options());
    const [email, sms, otp, chat] = ways;
    await eventually(() => expect(sms.tries).toEqual(['a']));
    expect([chat.tries, otp.tries, email.tries]).toEqual([['a'], ['a'], []]);
  });

  it('begins with what was chosen', async () => {
    const [email, sms, otp] = [way('email', 'notThere'), way('sms'), way('bale_otp')];
    const sender = senderOf(email, sms, otp);
    sender.send(message('by mail'), { ...options(), channel: 'email' });
    await eventually(() => expect(otp.tries).toEqual(['by mail']));
    sender.send(message('by sms'), { ...options(), channel: 'sms' });
    await eventually(() => expect(sms.tries).toEqual(['by sms']));
    expect(email.tries).toEqual(['by mail']);
  });

  it('asks those again that failed, not those where the person is not', async () => {
    const [otp, sms] = [way('bale_otp', 'notThere'), way('sms', 'fails')];
    senderOf(otp, sms).send(message(), options());
    await eventually(() => expect(sms.tries).toHaveLength(2));
    expect(otp.tries).toHaveLength(1);
  });

  it('sends nothing after the end of the code', async () => {
    const sms = way('sms');
    senderOf(sms).send(message(), { accountId: null, until: new Date(Date.now() - 1) });
    await sleep(250);
    expect(sms.tries).toEqual([]);
  });

  it('does not begin before the answer is out, and drops beyond what it holds', async () => {
    const sms = way('sms');
    const sender = senderOf(sms);
    for (let no = 1; no <= 1_001; no += 1) sender.send(message(String(no)), options());
    await Promise.resolve();
    expect(sms.tries).toEqual([]);
    await eventually(() => expect(sms.tries).toHaveLength(1_000));
    expect(sms.tries).not.toContain('1001');
  });

  it('sends what waits when the program stops, and does not hang on what hangs', async () => {
    const sms = way('sms');
    const sender = senderOf(sms);
    for (let no = 1; no <= 20; no += 1) sender.send(message(String(no)), options());
    await sender.onModuleDestroy();
    expect(sms.tries).toHaveLength(20);
    const hanging = senderOf({ name: 'sms', send: () => new Promise(() => undefined) });
    hanging.send(message(), options());
    await hanging.onModuleDestroy();
    senders.length = 0;
  });
});
