import { Injectable } from '@nestjs/common';
import { identityDirectoryEvents } from '@peyk/contracts/identity';
import { execute, query } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import type { EntityManager } from 'typeorm';
import type { DirectoryKind } from './import-kinds';
import type { DirectoryRow } from './import-row';
import type { RowOutcome } from './people-plan';

interface Planned {
  readonly outcome: RowOutcome;
  readonly row: DirectoryRow;
}

/** Says districts, schools and terms to those that listen: what is new or different, once (IDN-203). */
@Injectable()
export class DirectoryImporter {
  constructor(private readonly outbox: Outbox) {}

  /** What the rows would come to. Changes nothing. */
  async check(
    tx: EntityManager,
    kind: DirectoryKind,
    rows: readonly DirectoryRow[],
  ): Promise<readonly RowOutcome[]> {
    return (await this.plan(tx, kind, rows)).map(({ outcome }) => outcome);
  }

  async apply(
    tx: EntityManager,
    kind: DirectoryKind,
    rows: readonly DirectoryRow[],
  ): Promise<readonly RowOutcome[]> {
    await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('import of the directory', 0))`);
    const planned = await this.plan(tx, kind, rows);
    const said = planned.flatMap(({ outcome, row }) =>
      outcome.is === 'created' || outcome.is === 'updated' ? [row] : [],
    );
    if (said.length > 0) {
      await execute(
        tx,
        `INSERT INTO directory_entries (kind, code, said)
         SELECT $1, code, said FROM unnest($2::text[], $3::jsonb[]) AS e (code, said)
         ON CONFLICT (kind, code) DO UPDATE SET said = excluded.said, updated_at = now()`,
        [kind, said.map(({ code }) => code), said.map(({ values }) => JSON.stringify(values))],
      );
      await this.tell(tx, kind, said);
    }
    return planned.map(({ outcome }) => outcome);
  }

  private async plan(
    tx: EntityManager,
    kind: DirectoryKind,
    rows: readonly DirectoryRow[],
  ): Promise<readonly Planned[]> {
    const entries = await query<{ code: string; said: DirectoryRow['values'] }>(
      tx,
      'SELECT code, said FROM directory_entries WHERE kind = $1 AND code = ANY($2)',
      [kind, rows.map(({ code }) => code)],
    );
    const saidBefore = new Map(entries.map(({ code, said }) => [code, said]));
    const districts = kind === 'schools' ? await this.districts(tx, rows) : undefined;
    return rows.map((row) => {
      const before = saidBefore.get(row.code);
      const district = row.values.districtCode;
      if (districts && district !== undefined && !districts.has(district))
        return { row, outcome: { is: 'refused', field: 'districtCode', code: 'unknown_district' } };
      const isSame =
        before &&
        Object.entries(row.values).every(([key, value]) => before[key as keyof typeof before] === value);
      return { row, outcome: { is: isSame ? 'unchanged' : before ? 'updated' : 'created', moved: false } };
    });
  }

  private async districts(tx: EntityManager, rows: readonly DirectoryRow[]): Promise<ReadonlySet<string>> {
    const wanted = [...new Set(rows.flatMap(({ values }) => values.districtCode ?? []))];
    const found = await query<{ code: string }>(
      tx,
      `SELECT code FROM directory_entries WHERE kind = 'districts' AND code = ANY($1)`,
      [wanted],
    );
    return new Set(found.map(({ code }) => code));
  }

  private async tell(tx: EntityManager, kind: DirectoryKind, rows: readonly DirectoryRow[]): Promise<void> {
    const about = ({ code }: DirectoryRow): string => `${kind}:${code}`;
    const { districtListed, schoolListed, termListed } = identityDirectoryEvents;
    const text = (value: string | undefined): string => value ?? '';
    switch (kind) {
      case 'districts':
        return this.outbox.addMany(
          tx,
          districtListed,
          rows.map((row) => ({
            aggregate: about(row),
            payload: { code: row.code, name: text(row.values.name) },
          })),
        );
      case 'schools':
        return this.outbox.addMany(
          tx,
          schoolListed,
          rows.map((row) => ({
            aggregate: about(row),
            payload: {
              code: row.code,
              name: text(row.values.name),
              districtCode: text(row.values.districtCode),
            },
          })),
        );
      case 'terms':
        return this.outbox.addMany(
          tx,
          termListed,
          rows.map((row) => ({
            aggregate: about(row),
            payload: {
              code: row.code,
              name: text(row.values.name),
              startsOn: text(row.values.startsOn),
              endsOn: text(row.values.endsOn),
            },
          })),
        );
    }
  }
}
