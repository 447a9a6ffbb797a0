import { DomainError } from '@peyk/contracts';
import { createLogger, maskMsisdn, PeykNestLogger, redact, type Logger } from './logger';
import { newContext, runInContext, traceIdOf } from './request-context';

function capture(): { logger: Logger; lines: () => Record<string, unknown>[]; text: () => string } {
  const written: string[] = [];
  const logger = createLogger('billing', {
    level: 'debug',
    destination: { write: (line) => void written.push(line) },
  });
  return {
    logger,
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => written.join(''),
  };
}

describe('createLogger', () => {
  it('writes service, level, UTC time and the ids of the context', () => {
    const { logger, lines } = capture();
    const context = newContext();
    runInContext(context, () => logger.info({ sendId: 7 }, 'sent'));
    logger.warn('outside');
    expect(lines()[0]).toMatchObject({
      service: 'billing',
      level: 'info',
      msg: 'sent',
      sendId: 7,
      correlationId: context.correlationId,
      traceId: traceIdOf(context),
    });
    expect(lines()[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(lines()[1]).not.toHaveProperty('correlationId');
  });

  it('hides secrets at any depth and in URLs', () => {
    const { logger, text } = capture();
    const secrets = {
      password: 'leak-1',
      headers: [{ Authorization: 'leak-2', 'set-cookie': 'leak-3' }],
      user: {
        botToken: 'leak-7',
        nationalCode: 'leak-4',
        refreshToken: 'leak-5',
        login: { code: '482913', api_key: 'leak-6' },
      },
    };
    logger.info(secrets, 'in');
    logger.error(new Error('connect amqp://peyk:leak-8@127.0.0.1:5672/v failed'));
    logger.info({
      err: new Error('outer', { cause: Object.assign(new Error('in'), { parameters: ['leak-9'] }) }),
    });
    expect(text()).not.toMatch(/leak|482913/);
    expect(text()).toContain('amqp://peyk:***@127.0.0.1:5672/v');
    expect(secrets.password).toBe('leak-1');
  });

  it('keeps the code of an error, its details and its cause', () => {
    const { logger, lines } = capture();
    const cause = Object.assign(new Error('duplicate'), { code: '23505', constraint: 'holds_pkey' });
    logger.error({ err: new DomainError('hold.conflict', { holdId: 'h1', token: 'x' }, cause) });
    expect(lines()[0]?.['err']).toMatchObject({
      type: 'DomainError',
      code: 'hold.conflict',
      details: { holdId: 'h1', token: '[hidden]' },
      cause: { code: '23505', constraint: 'holds_pkey' },
    });
  });
});

describe('redact', () => {
  it('ends on a circle and on depth', () => {
    const circle: Record<string, unknown> = { token: 'x' };
    circle['self'] = circle;
    expect(JSON.stringify(redact(circle))).toContain('[deep]');
    const error = new Error('a');
    error.cause = error;
    expect(JSON.stringify(redact(error))).toContain('[deep]');
  });
  it('keeps dates, null and a code that is a word', () => {
    const at = new Date(0);
    expect(redact({ at, none: null, code: 'send.notFound', keys: ['a'] })).toEqual({
      at,
      none: null,
      code: 'send.notFound',
      keys: ['a'],
    });
    expect(redact({ code: '۱۲۳۴۵' })).toEqual({ code: '[hidden]' });
    expect(redact({ code: 48291 })).toEqual({ code: '[hidden]' });
  });
});

describe('maskMsisdn', () => {
  it.each([
    ['989121234567', '98912***4567'],
    ['+989121234567', '+98912***4567'],
    ['09121234567', '0912***4567'],
    ['12345', '***'],
    ['', '***'],
  ])('%s -> %s', (msisdn, masked) => expect(maskMsisdn(msisdn)).toBe(masked));
});

describe(PeykNestLogger.name, () => {
  it('takes the forms that Nest and our classes use', () => {
    const { logger, lines } = capture();
    const nest = new PeykNestLogger(logger);
    nest.log('hello', 'Sends');
    nest.log({ msg: 'released', parts: 3 }, 'Sends');
    nest.error('failed', new Error('why'), 'Sends');
    nest.error(new Error('alone'), 'Sends');
    nest.error('failed', 'Error: at x', 'Sends');
    nest.verbose('too fine', 'Sends');
    nest.log('Mapped route', 'RouterExplorer');
    expect(lines()).toMatchObject([
      { level: 'info', msg: 'hello', context: 'Sends' },
      { level: 'info', msg: 'released', parts: 3, context: 'Sends' },
      { level: 'error', msg: 'failed', err: { message: 'why' } },
      { level: 'error', msg: 'alone', err: { message: 'alone' } },
      { level: 'error', msg: 'failed', stack: 'Error: at x' },
      { level: 'debug', msg: 'Mapped route' },
    ]);
  });
});
