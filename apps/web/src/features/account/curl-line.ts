import type { Schemas } from '../../api/client';

interface Known {
  readonly origin: string;
  readonly key: string;
  readonly scopes: Schemas['ApiKeyDto']['scopes'];
  /** An own line to send from. */
  readonly lineId: string | undefined;
  readonly text: string;
}

/** A line for a shell that does the first thing that the key may. */
export function curlLine({ origin, key, scopes, lineId, text }: Known): string {
  const header = `-H 'X-Api-Key: ${key}'`;
  if (scopes.includes('sms.send') && lineId) {
    const body = JSON.stringify({ lineId, text, recipients: { numbers: ['09120000000'] } });
    // A quote ends a shell's string; a text of ours has none, and none may come in by a line's id.
    return `curl ${origin}/api/v1/sends ${header} -H 'Content-Type: application/json' -H "Idempotency-Key: $(uuidgen)" -d '${body.replaceAll("'", '')}'`;
  }
  if (scopes.includes('sms.read')) return `curl ${origin}/api/v1/lines ${header}`;
  if (scopes.includes('wallet.read')) return `curl ${origin}/api/v1/wallet ${header}`;
  return `curl ${origin}/api/v1/recipient-lists/file ${header} -F file=@recipients.csv`;
}
