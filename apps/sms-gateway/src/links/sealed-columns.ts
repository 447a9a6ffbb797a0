import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { assertSealKeys } from '@peyk/database';
import type { SealedColumn } from '@peyk/database';
import { Sealer } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { linkPasswordPurpose } from './link-passwords';

/** All that sms-gateway keeps sealed. A column that is not here would be lost when its key goes. */
export function sealedColumns(config: Pick<SmsGatewayConfig, 'sealKeys'>): readonly SealedColumn[] {
  return [
    {
      table: 'links',
      column: 'sealed_password',
      key: [['id', 'uuid']],
      sealer: new Sealer(config.sealKeys, linkPasswordPurpose),
      nameOf: (linkId = '') => linkId,
    },
  ];
}

/** A start without a key that is needed fails at once, by name, and not at the first link that is bound. */
@Injectable()
export class SealKeysCheck implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(SMS_CONFIG) private readonly config: SmsGatewayConfig,
  ) {}

  onModuleInit(): Promise<void> {
    return assertSealKeys(this.dataSource, sealedColumns(this.config));
  }
}
