import { DefaultNamingStrategy, type Table } from 'typeorm';

/** PostgreSQL cuts names here; a longer one would never equal what stands in the database. */
const nameLengthMax = 63;

const snake = (name: string): string =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();

/**
 * Columns in snake case, and the names that PostgreSQL itself gives to constraints and indexes (`sends_pkey`,
 * `sends_key_key`, `sends_line_id_fkey`, `sends_state_idx`). So a migration in plain SQL, with no names spelled out,
 * equals its entities, and an error's `constraint` can be read.
 */
export class PostgresNamingStrategy extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined, embeddedPrefixes: string[]): string {
    return [...embeddedPrefixes, custom ?? property].map(snake).join('_');
  }
  override joinColumnName(relation: string, referencedColumn: string): string {
    return snake(`${relation}_${referencedColumn}`);
  }
  override primaryKeyName(table: Table | string): string {
    return this.named(table, [], 'pkey');
  }
  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return this.named(table, columns, 'key');
  }
  override relationConstraintName(table: Table | string, columns: string[]): string {
    return this.named(table, columns, 'key');
  }
  override foreignKeyName(table: Table | string, columns: string[]): string {
    return this.named(table, columns, 'fkey');
  }
  override indexName(table: Table | string, columns: string[]): string {
    return this.named(table, columns, 'idx');
  }

  private named(table: Table | string, columns: readonly string[], ending: string): string {
    const name = [this.getTableName(table), ...columns, ending].join('_');
    if (name.length > nameLengthMax)
      throw new Error(`give ${name} a name of at most ${nameLengthMax} characters`);
    return name;
  }
}
