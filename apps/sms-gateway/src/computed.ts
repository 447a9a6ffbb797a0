import type { ColumnOptions } from 'typeorm';

/**
 * A column that PostgreSQL computes from others of its row whenever the row is written. It is for indexes and conditions:
 * entities never read or write it. Its migration also tells `typeorm_metadata` the expression, as `checkSchema` compares.
 */
export function computed(expression: string): ColumnOptions {
  return { asExpression: expression, generatedType: 'STORED', insert: false, update: false, select: false };
}
