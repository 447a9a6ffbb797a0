import { curlLine } from './curl-line';

describe('the ready curl line of a new key', () => {
  const known = { origin: 'https://p.example', key: 'pk_1', lineId: 'l-1', text: 'salam' };

  it('does what the key may', () => {
    expect(curlLine({ ...known, scopes: ['wallet.read'] })).toBe(
      "curl https://p.example/api/v1/wallet -H 'X-Api-Key: pk_1'",
    );
    expect(curlLine({ ...known, scopes: ['sms.read', 'wallet.read'] })).toContain('/api/v1/lines ');
    expect(curlLine({ ...known, scopes: ['lists.write'] })).toContain('/api/v1/recipient-lists/file ');
    expect(curlLine({ ...known, scopes: ['sms.send'] })).toContain('"lineId":"l-1"');
  });

  it('does not send without a line', () => {
    expect(curlLine({ ...known, lineId: undefined, scopes: ['sms.send', 'sms.read'] })).toContain('/lines ');
  });

  it('has no quote in its body that would end it', () => {
    const line = curlLine({ ...known, text: "it's", scopes: ['sms.send'] });
    expect(line.split("'").length % 2).toBe(1);
    expect(line).toContain('"its"');
  });
});
