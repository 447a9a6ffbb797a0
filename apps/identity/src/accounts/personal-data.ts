import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Sealer } from '@peyk/platform';
import { IdentityConfig } from '../config';
import { deriveKey } from '../derived-key';

export const personalDataPurpose = 'identity personal-data';

export type PersonalField = 'nationalCode' | 'mobile';

/** The one form of each that is stored and searched for: `parseNationalCode`, and the `msisdn` of `parseMobile`. */
const normalForm: Readonly<Record<PersonalField, RegExp>> = {
  nationalCode: /^\d{10}$/,
  mobile: /^989\d{9}$/,
};

/**
 * National codes and mobiles at rest (IDN-212): sealed with AES-256-GCM bound to account and field, and beside it a
 * keyed hash that equal values share, so that one can be searched for without being readable.
 */
@Injectable()
export class PersonalData {
  private readonly sealer: Sealer;
  private readonly indexKey: Buffer;

  constructor(config: IdentityConfig) {
    this.sealer = new Sealer(config.sealKeys, personalDataPurpose);
    this.indexKey = deriveKey(config.hashSecret, 'personal-data-index');
  }

  /** @param value in its normal form: another would never be found again, and is a bug */
  seal(accountId: string, field: PersonalField, value: string): Buffer {
    assertNormal(field, value);
    return this.sealer.seal(nameOf(accountId, field), Buffer.from(value));
  }

  open(accountId: string, field: PersonalField, sealed: Buffer): string {
    return this.sealer.unseal(nameOf(accountId, field), sealed).toString();
  }

  /** What a mobile or national code was before somebody else changed it (`contact_changes`). */
  sealBefore(changeId: string, value: string): Buffer {
    return this.sealer.seal(nameOfBefore(changeId), Buffer.from(value));
  }

  openBefore(changeId: string, sealed: Buffer): string {
    return this.sealer.unseal(nameOfBefore(changeId), sealed).toString();
  }

  /** What `..._index` columns hold of this value. @param value in its normal form */
  indexOf(field: PersonalField, value: string): Buffer {
    assertNormal(field, value);
    return createHmac('sha256', this.indexKey).update(`${field} ${value}`).digest();
  }
}

/** What is bound to the sealed bytes. */
export function nameOf(accountId: string, field: PersonalField): string {
  return `${accountId} ${field}`;
}

export function nameOfBefore(changeId: string): string {
  return `${changeId} before`;
}

function assertNormal(field: PersonalField, value: string): void {
  if (!normalForm[field].test(value)) throw new Error(`a ${field} that is not in its normal form`);
}

/** As lists and logs show it: `0012345678` -> `001*****78`, `989121234567` -> `0912***4567`, `ali@site.ir` -> `a**@site.ir`. */
export function masked(field: PersonalField | 'email', value: string): string {
  if (field === 'email') return value.replace(/(?<=^.)[^@]*/, (rest) => '*'.repeat(rest.length));
  const [shown, head, tail] = field === 'mobile' ? [value.replace(/^98/, '0'), 4, 4] : [value, 3, 2];
  return `${shown.slice(0, head)}${'*'.repeat(Math.max(0, shown.length - head - tail))}${shown.slice(-tail)}`;
}
