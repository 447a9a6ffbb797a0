import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { assertSealKeys } from '@peyk/database';
import type { SealedColumn } from '@peyk/database';
import { Sealer } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { nameOf, nameOfBefore, personalDataPurpose } from './accounts/personal-data';
import { IdentityConfig } from './config';
import { chunkName, importFilesPurpose } from './imports/import-files';
import { signingKeysPurpose } from './keys/signing-keys.service';

/** All that identity keeps sealed. A column that is not here would be lost when its key goes. */
export function sealedColumns({ sealKeys }: Pick<IdentityConfig, 'sealKeys'>): readonly SealedColumn[] {
  const personal = new Sealer(sealKeys, personalDataPurpose);
  const id = [['id', 'uuid']] as const;
  const mobileOf = (of = ''): string => nameOf(of, 'mobile');
  return [
    {
      table: 'signing_keys',
      column: 'private_key',
      key: [['kid', 'text']],
      sealer: new Sealer(sealKeys, signingKeysPurpose),
      nameOf: (kid = '') => kid,
    },
    {
      table: 'accounts',
      column: 'national_code_sealed',
      key: id,
      sealer: personal,
      nameOf: (of = '') => nameOf(of, 'nationalCode'),
    },
    { table: 'accounts', column: 'mobile_sealed', key: id, sealer: personal, nameOf: mobileOf },
    { table: 'one_time_codes', column: 'mobile_sealed', key: id, sealer: personal, nameOf: mobileOf },
    {
      table: 'contact_changes',
      column: 'before_sealed',
      key: id,
      sealer: personal,
      nameOf: (of = '') => nameOfBefore(of),
    },
    {
      table: 'import_chunks',
      column: 'sealed',
      key: [
        ['import_id', 'uuid'],
        ['no', 'int'],
      ],
      sealer: new Sealer(sealKeys, importFilesPurpose),
      nameOf: (importId = '', no = '') => chunkName(importId, Number(no)),
      // Each of up to a quarter of a megabyte.
      page: 8,
    },
  ];
}

/** A start without a key that is needed fails at once, by name, and not at the first person who is looked up. */
@Injectable()
export class SealKeysCheck implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: IdentityConfig,
  ) {}

  onModuleInit(): Promise<void> {
    return assertSealKeys(this.dataSource, sealedColumns(this.config));
  }
}
