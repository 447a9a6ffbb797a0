import { defineEvent, defineRpc, defineWork, EmptyDto, IntField, StringField } from '@peyk/contracts';
import type { EntityManager } from 'typeorm';
import { HandleEvent, HandleLive, HandleRpc } from './decorators';
import type { Caller, Received } from './decorators';
import type { Outbox } from './outbox';
import { publishLive, publishWork, readWork } from './runtime';
import type { MessagingRuntime } from './tokens';

class TextDto {
  @StringField({ description: 'Text', maxLength: 10 })
  text!: string;
}
class NumberDto {
  @IntField({ description: 'Number', min: 0, max: 10 })
  number!: number;
}
const shared = { does: 'Serves a spec.', errors: [], access: 'public' } as const;
const length = defineRpc({ ...shared, name: 'types.texts.length', input: TextDto, output: NumberDto });
const said = defineEvent({ name: 'types.text.said', version: 1, payload: TextDto, when: 'In a spec.' });
const counted = defineEvent({
  name: 'types.text.counted',
  version: 1,
  payload: NumberDto,
  when: 'In a spec.',
});
const job = defineWork({
  name: 'types.text.job',
  payload: TextDto,
  from: ['spec'],
  to: 'spec.work',
  does: 'Serves a spec.',
});
const texts = { queue: 'types.texts', events: [said] } as const;

class Right {
  @HandleRpc(length)
  async length(input: TextDto, _caller: Caller): Promise<NumberDto> {
    return { number: input.text.length };
  }
  @HandleEvent(texts, said)
  async onSaid(_payload: TextDto, _received: Received): Promise<void> {}
  @HandleLive(counted)
  async onCounted(_payload: NumberDto): Promise<void> {}
}

class Wrong {
  // @ts-expect-error: the input of another call
  @HandleRpc(length)
  async wrongInput(_input: NumberDto): Promise<NumberDto> {
    return { number: 1 };
  }
  // @ts-expect-error: the answer of another call
  @HandleRpc(length)
  async wrongOutput(_input: TextDto): Promise<TextDto> {
    return { text: '' };
  }
  // @ts-expect-error: an answer that does not wait
  @HandleRpc(length)
  notAsync(_input: TextDto): NumberDto {
    return { number: 1 };
  }
  // @ts-expect-error: the payload of another event
  @HandleEvent(texts, said)
  async wrongPayload(_payload: NumberDto): Promise<void> {}
  // @ts-expect-error: an event that is not in the subscription
  @HandleEvent(texts, counted)
  async notSubscribed(_payload: NumberDto): Promise<void> {}
  // @ts-expect-error: an RPC is no event
  @HandleLive(length)
  async notAnEvent(_payload: TextDto): Promise<void> {}
}

/** Compiled, never run: each wrong line must be an error, each right one none. */
export async function pairs(runtime: MessagingRuntime, outbox: Outbox, tx: EntityManager): Promise<void> {
  const answer: NumberDto = await runtime.rpc.call(length, { text: 'x' }, 'service');
  await outbox.add(tx, said, 'a', { text: `${answer.number}` });
  publishLive(runtime, counted, answer);
  await publishWork(runtime, job, 'q', readWork(job, Buffer.from('')));
  // @ts-expect-error: the input of another call
  await runtime.rpc.call(length, { number: 1 }, 'service');
  // @ts-expect-error: the answer of another call
  const wrong: TextDto = await runtime.rpc.call(length, { text: 'x' }, 'service');
  // @ts-expect-error: nobody says in whose name
  await runtime.rpc.call(length, { text: 'x' });
  // @ts-expect-error: an event is not called
  await runtime.rpc.call(said, { text: 'x' }, 'service');
  // @ts-expect-error: the payload of another event
  await outbox.add(tx, said, 'a', { number: 1 });
  // @ts-expect-error: work does not go through the outbox
  await outbox.add(tx, job, 'a', wrong);
  // @ts-expect-error: the payload of another event
  publishLive(runtime, counted, { text: 'x' });
  // @ts-expect-error: the payload of other work
  await publishWork(runtime, job, 'q', { number: 1 });
}

describe('types of handlers', () => {
  it('keep what the contract says at run time too: the decorated classes are as they were written', async () => {
    expect(await (new Right().length({ text: 'abc' }, {} as Caller) as unknown)).toEqual({
      ok: { number: 3 },
    });
    expect(Object.getOwnPropertyNames(Wrong.prototype)).toContain('notSubscribed');
    expect(new EmptyDto()).toEqual({});
  });
});
