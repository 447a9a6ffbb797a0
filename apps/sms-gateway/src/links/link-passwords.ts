import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { execute, query } from '@peyk/database';
import { Sealer } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import type { Link } from './link.entity';

export const linkPasswordPurpose = 'sms-gateway link-passwords';

type Stored = Pick<Link, 'id' | 'password' | 'sealedPassword'>;

/**
 * Passwords of links at rest: sealed under their own key, bound to the link. One that came in clear text (a row put in by
 * SQL, such as the demo's) works, and is sealed by the next start. Workers get it opened, over the broker's connection.
 */
@Injectable()
export class LinkPasswords implements OnModuleInit {
  private readonly sealer: Sealer;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(SMS_CONFIG) config: Pick<SmsGatewayConfig, 'sealKeys'>,
  ) {
    this.sealer = new Sealer(config.sealKeys, linkPasswordPurpose);
  }

  async onModuleInit(): Promise<void> {
    const clear = await query<{ id: string; password: string }>(
      this.dataSource,
      `SELECT id, password FROM links WHERE password <> '' LIMIT 1000`,
    );
    for (const { id, password } of clear)
      await execute(
        this.dataSource,
        `UPDATE links SET sealed_password = $3, password = '' WHERE id = $1 AND password = $2`,
        [id, password, this.seal(id, password)],
      );
  }

  /** Null: none. */
  seal(linkId: string, password: string): Buffer | null {
    return password === '' ? null : this.sealer.seal(linkId, Buffer.from(password));
  }

  open({ id, password, sealedPassword }: Stored): string {
    // What somebody put in by SQL is newer than what was sealed before.
    if (password !== '') return password;
    return sealedPassword ? this.sealer.unseal(id, sealedPassword).toString() : '';
  }
}
