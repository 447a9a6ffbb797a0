import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { histogram } from '@peyk/platform';
import { toLatinDigits } from '@peyk/persian';
import { hash, verify } from '@node-rs/argon2';
import { HashSlots } from './hash-slots';

/** What a hash takes: `memoryCost` in KiB, `timeCost` in passes, `parallelism` in lanes. */
export interface HashCost {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. The id variant and 32 bytes are the library's defaults. */
export const owaspCost: HashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * One core stays for those who only read (p99 66 ms beside 8 clients that sign in, 135 ms with a hash on each of two
 * cores). Hashes run in libuv's pool, which has four threads: more at once would only wait there.
 */
const parallelHashes = Math.max(1, Math.min(availableParallelism() - 1, 4));
/** Below the 64 requests that a replica takes in hand, so that a refresh does not wait behind a flood of sign-ins. */
const waitingMax = 48;

const hashSeconds = histogram('password_hash_seconds', 'Time of one argon2id, without the wait for a slot', [
  'act',
]);

/**
 * The same password typed on another keyboard is the same password: Unicode NFKC (NIST SP 800-63B section 5.1.1.2) and
 * Latin digits (IDN-213; issued passwords are national codes). Nothing is cut off and the case counts.
 */
export function typedForm(password: string): string {
  return toLatinDigits(password.normalize('NFKC'));
}

/** Makes and checks password hashes (IDN-212), off the event loop. Each act: `rate.limited` when too many wait. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  /** Specs of other things than passwords set a cheaper one; no configuration can. */
  static cost = owaspCost;
  private readonly slots = new HashSlots(parallelHashes, waitingMax);
  private decoy = '';

  async onModuleInit(): Promise<void> {
    this.decoy = await this.hash(randomBytes(32).toString('base64'));
  }

  /** PHC string with a new salt of 16 bytes. */
  hash(password: string): Promise<string> {
    return this.slots.run(() => timed('hash', hash(typedForm(password), PasswordHasher.cost)));
  }

  /** Without a stored hash it does the same work on a decoy and answers false: nobody learns which accounts exist. */
  async verify(stored: string | null | undefined, password: string): Promise<boolean> {
    const matches = await this.slots.run(() =>
      timed('verify', verify(stored ?? this.decoy, typedForm(password))),
    );
    return matches && Boolean(stored);
  }

  /** True: made with other parameters than today's; to be made again while the password is at hand. */
  isOutdated(stored: string): boolean {
    const { memoryCost, timeCost, parallelism } = PasswordHasher.cost;
    return !stored.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`);
  }
}

async function timed<T>(act: string, work: Promise<T>): Promise<T> {
  const end = hashSeconds.startTimer({ act });
  try {
    return await work;
  } finally {
    end();
  }
}
