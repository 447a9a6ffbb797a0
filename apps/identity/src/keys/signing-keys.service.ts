import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { VerificationKeyDto } from '@peyk/contracts/identity';
import { query, Transactions } from '@peyk/database';
import { Sealer, SealKeyMissingError } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { IdentityConfig } from '../config';

export const signingKeysPurpose = 'identity signing-keys';

export interface Signer {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** A rotation reaches each replica within this time. */
const rereadAfterMs = 60_000;
/** Twice the life of an access token: clocks differ. */
const verifiesAfterRetirement = `interval '20 minutes'`;
const publishedMax = 20;
/** A key signs so long; the next one is published well before it signs, since programs read the keys every 10 minutes. */
const signsFor = `interval '30 days'`;
const publishedBefore = `interval '20 minutes'`;

/** The keys that access tokens are signed and verified with (IDN-219). The first start makes the first one. */
@Injectable()
export class SigningKeysService implements OnModuleInit {
  private readonly sealer: Sealer;
  private signer: Signer | undefined;
  private readAtMs = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    config: IdentityConfig,
  ) {
    this.sealer = new Sealer(config.sealKeys, signingKeysPurpose);
  }

  async onModuleInit(): Promise<void> {
    await this.transactions.run(async (tx) => {
      // Replicas that start together make one key: the second waits here and then finds it.
      await query(tx, `SELECT pg_advisory_xact_lock(hashtext('identity signing key'))`);
      if (!(await this.read(tx))) await this.make(tx);
    });
    await this.current();
  }

  /** The key to sign with now. */
  async current(): Promise<Signer> {
    if (!this.signer || Date.now() - this.readAtMs > rereadAfterMs) {
      const row = await this.read(this.dataSource);
      if (!row) throw new Error('there is no active signing key');
      if (row.kid !== this.signer?.kid) this.signer = { kid: row.kid, privateKey: this.open(row) };
      this.readAtMs = Date.now();
    }
    return this.signer;
  }

  /** Every key that a token may be signed with, now or soon; the newest first. */
  published(): Promise<VerificationKeyDto[]> {
    return query<VerificationKeyDto>(
      this.dataSource,
      `SELECT kid, public_key AS "publicKey" FROM signing_keys
       WHERE retired_at IS NULL OR retired_at > now() - ${verifiesAfterRetirement}
       ORDER BY active_from DESC, kid LIMIT ${publishedMax}`,
    );
  }

  /** Makes the next key when the present one is old enough; replicas make one together. @returns keys made */
  rotate(): Promise<number> {
    return this.transactions.run(async (tx) => {
      await query(tx, `SELECT pg_advisory_xact_lock(hashtext('identity signing key'))`);
      const due = await query<{ kid: string }>(
        tx,
        `SELECT kid FROM signing_keys k WHERE retired_at IS NULL AND active_from < now() - ${signsFor}
           AND NOT EXISTS (SELECT FROM signing_keys WHERE active_from > k.active_from)`,
      );
      if (due.length === 0) return 0;
      await this.make(tx, publishedBefore);
      await query(
        tx,
        `UPDATE signing_keys SET retired_at = now() + ${publishedBefore} WHERE kid = ANY($1::text[])`,
        [due.map(({ kid }) => kid)],
      );
      return 1;
    });
  }

  private async read(
    on: EntityManager | DataSource,
  ): Promise<{ kid: string; private_key: Buffer } | undefined> {
    const [row] = await query<{ kid: string; private_key: Buffer }>(
      on,
      `SELECT kid, private_key FROM signing_keys
       WHERE active_from <= clock_timestamp() AND (retired_at IS NULL OR retired_at > clock_timestamp())
       ORDER BY active_from DESC, kid LIMIT 1`,
    );
    return row;
  }

  private async make(tx: EntityManager, from = `interval '0'`): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const kid = randomBytes(12).toString('base64url');
    await query(
      tx,
      `INSERT INTO signing_keys (kid, public_key, private_key, active_from) VALUES ($1, $2, $3, now() + ${from})`,
      [
        kid,
        publicKey.export({ type: 'spki', format: 'pem' }),
        this.sealer.seal(kid, privateKey.export({ type: 'pkcs8', format: 'der' })),
      ],
    );
  }

  private open({ kid, private_key }: { kid: string; private_key: Buffer }): KeyObject {
    let der: Buffer;
    try {
      der = this.sealer.unseal(kid, private_key);
    } catch (error) {
      if (error instanceof SealKeyMissingError) throw error;
      throw new Error(`signing key ${kid} was sealed under other SEAL_KEYS`, { cause: error });
    }
    return createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
  }
}
