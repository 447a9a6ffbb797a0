import { PostgresNamingStrategy } from './naming';

describe(PostgresNamingStrategy.name, () => {
  const naming = new PostgresNamingStrategy();

  it.each([
    ['createdAt', 'created_at'],
    ['id', 'id'],
    ['smppSystemID', 'smpp_system_id'],
    ['isHTTPOnly', 'is_http_only'],
    ['sha256Hex', 'sha256_hex'],
  ])('%s -> %s', (property, column) => expect(naming.columnName(property, undefined, [])).toBe(column));

  it('prefixes embedded columns and keeps the order of columns in names', () => {
    expect(naming.columnName('rials', undefined, ['heldAmount'])).toBe('held_amount_rials');
    expect(naming.indexName('messages', ['state', 'send_id'])).toBe('messages_state_send_id_idx');
    expect(naming.primaryKeyName('public.messages')).toBe('messages_pkey');
  });

  it('refuses a name that PostgreSQL would cut', () => {
    expect(() => naming.indexName('m'.repeat(60), ['state'])).toThrow('at most 63');
  });
});
