import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parseNationalCode } from '@peyk/persian';
import { PersonalData } from '../accounts/personal-data';

/** What `accounts` says of a password that may be an issued one. */
export interface MaybeIssued {
  readonly password_hash: string | null;
  readonly must_set_password: boolean;
  readonly national_code_index: Buffer | null;
}

const typedMax = 20;
const nobody = Buffer.alloc(32);
/** Nobody can have it: its digits are all the same. */
const nobodysCode = '0000000000';

/**
 * Who came in by import is let in by the national code until setting an own password (IDN-011, IDN-207). No hash of it is
 * stored: a hundred thousand would take an hour to make, and of ten guessable digits they would protect nothing. The
 * keyed hash that the account is searched by is compared instead.
 */
@Injectable()
export class IssuedPasswords {
  constructor(private readonly personal: PersonalData) {}

  /** The same work whatever the account; any digit form. To be asked beside a password hash, which takes the time. */
  matches(account: MaybeIssued | undefined, typed: string): boolean {
    const isIssued = account !== undefined && account.password_hash === null && account.must_set_password;
    const issued = isIssued ? account.national_code_index : null;
    const code = typed.length <= typedMax ? parseNationalCode(typed) : undefined;
    const index = this.personal.indexOf('nationalCode', code ?? nobodysCode);
    return timingSafeEqual(issued ?? nobody, index) && issued !== null;
  }
}
