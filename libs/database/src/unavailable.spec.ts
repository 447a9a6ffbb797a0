import { QueryFailedError } from 'typeorm';
import { isDatabaseAway, isDatabaseUnavailable } from './unavailable';

const coded = (code: string): Error => Object.assign(new Error('refused'), { code });
const failed = (code: string): Error => new QueryFailedError('SELECT 1', [], coded(code));

describe(isDatabaseAway, () => {
  it.each(['08006', '08001', '53300', '53100', '57P01', '57P02', '57P03', '25P03', '25006'])(
    'is so for SQLSTATE %s',
    (state) => {
      expect(isDatabaseAway(failed(state))).toBe(true);
      expect(isDatabaseAway(coded(state))).toBe(true);
    },
  );

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])('is so for %s', (code) => {
    expect(isDatabaseAway(coded(code))).toBe(true);
  });

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Driver not Connected',
    'database "peyk_sms" is not currently accepting connections',
  ])('is so for what the driver says without a code: %s', (text) => {
    expect(isDatabaseAway(new Error(text))).toBe(true);
    expect(isDatabaseAway(new Error('failed', { cause: new Error(text) }))).toBe(true);
  });

  it('is not so for a refusal of the database, a cancelled statement, a bug', () => {
    for (const error of [failed('23505'), failed('22007'), failed('57014'), new TypeError('x'), 'text', null])
      expect(isDatabaseAway(error)).toBe(false);
  });
});

describe(isDatabaseUnavailable, () => {
  it('is so for a cancelled statement too', () => {
    expect(isDatabaseUnavailable(failed('57014'))).toBe(true);
    expect(isDatabaseUnavailable(failed('53300'))).toBe(true);
    expect(isDatabaseUnavailable(failed('23505'))).toBe(false);
  });
});
