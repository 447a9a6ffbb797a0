import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../config';
import { deriveKey } from '../derived-key';
import { seal, unseal } from '../keys/sealed';

export type PersonalField = 'nationalCode' | 'mobile';

/**
 * National codes and mobiles at rest (IDN-212): sealed with AES-256-GCM bound to account and field, and beside it a
 * keyed hash that equal values share, so that one can be searched for without being readable.
 */
@Injectable()
export class PersonalData {
  private readonly sealingKey: Buffer;
  private readonly indexKey: Buffer;

  constructor(config: IdentityConfig) {
    this.sealingKey = deriveKey(config.serviceSecret, 'personal-data');
    this.indexKey = deriveKey(config.serviceSecret, 'personal-data-index');
  }

  /** @param value in its one normal form (`@peyk/persian`) */
  seal(accountId: string, field: PersonalField, value: string): Buffer {
    return seal(this.sealingKey, `${accountId} ${field}`, Buffer.from(value));
  }

  open(accountId: string, field: PersonalField, sealed: Buffer): string {
    return unseal(this.sealingKey, `${accountId} ${field}`, sealed).toString();
  }

  /** What `..._index` columns hold of this value. */
  indexOf(field: PersonalField, value: string): Buffer {
    return createHmac('sha256', this.indexKey).update(`${field} ${value}`).digest();
  }
}

/** As lists and logs show it: `0012345678` -> `001*****78`, `09121234567` -> `0912***4567`. */
export function masked(field: PersonalField, value: string): string {
  const [head, tail] = field === 'mobile' ? [4, 4] : [3, 2];
  return `${value.slice(0, head)}${'*'.repeat(Math.max(0, value.length - head - tail))}${value.slice(-tail)}`;
}
