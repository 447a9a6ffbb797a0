import { Injectable } from '@nestjs/common';
import { execute, query } from '@peyk/database';
import { Sealer } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { IdentityConfig } from '../config';

export const importFilesPurpose = 'identity import-files';

/** The uploaded files, sealed piece by piece: any replica can read them, also after a crash. */
@Injectable()
export class ImportFiles {
  private readonly sealer: Sealer;

  constructor(
    config: IdentityConfig,
    private readonly dataSource: DataSource,
  ) {
    this.sealer = new Sealer(config.sealKeys, importFilesPurpose);
  }

  async store(tx: EntityManager, importId: string, no: number, bytes: Buffer): Promise<void> {
    await execute(tx, 'INSERT INTO import_chunks (import_id, no, sealed) VALUES ($1, $2, $3)', [
      importId,
      no,
      this.sealer.seal(chunkName(importId, no), bytes),
    ]);
  }

  /** The bytes in order, a chunk at a time. Throws when one is gone. */
  async *content(importId: string, chunks: number): AsyncGenerator<Buffer> {
    for (let no = 0; no < chunks; no += 1) {
      const [chunk] = await query<{ sealed: Buffer }>(
        this.dataSource,
        'SELECT sealed FROM import_chunks WHERE import_id = $1 AND no = $2',
        [importId, no],
      );
      if (!chunk) throw new Error(`chunk ${no} of import ${importId} is gone`);
      yield this.sealer.unseal(chunkName(importId, no), chunk.sealed);
    }
  }

  async forget(tx: EntityManager, importId: string): Promise<void> {
    await execute(tx, 'DELETE FROM import_chunks WHERE import_id = $1', [importId]);
  }
}

/** What is bound to the sealed bytes. */
export function chunkName(importId: string, no: number): string {
  return `import ${importId} ${no}`;
}
