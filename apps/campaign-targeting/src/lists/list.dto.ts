import { operators } from '@peyk/contracts';
import type { OperatorCountDto, RecipientListDto } from '@peyk/contracts/targeting';
import type { List } from './list.entity';

/** Counts by index in `operators` as the contract shows them; operators without a recipient are left out. */
export function operatorCounts(byOperator: readonly number[]): OperatorCountDto[] {
  return operators.flatMap((operator, code) => {
    const recipients = byOperator[code] ?? 0;
    return recipients > 0 ? [{ operator, recipients }] : [];
  });
}

export function listDto(list: List): RecipientListDto {
  const {
    id,
    source,
    title,
    state,
    refusal,
    refusalRow,
    sheet,
    rows,
    valid,
    duplicates,
    invalid,
    blank,
    bytes,
  } = list;
  return {
    ...{
      id,
      source,
      title,
      state,
      refusal,
      refusalRow,
      sheet,
      rows,
      valid,
      duplicates,
      invalid,
      blank,
      bytes,
    },
    byOperator: operatorCounts(list.byOperator),
    createdAt: list.createdAt.toISOString(),
  };
}
