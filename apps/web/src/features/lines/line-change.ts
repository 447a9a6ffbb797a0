import type { Schemas } from '../../api/client';

type Change = Schemas['LineChangeBodyDto'];

/** Without an owner: the line stays with the platform. */
export type LineValues = Required<Omit<Change, 'customerId'>> & { readonly customerId?: string | null };

/** Only what differs: an owner that is sent again would silence the secretary for nothing. Hours go together. */
export function lineChangeOf(
  line: Pick<
    Schemas['AdminLineDto'],
    'customerId' | 'hoursFrom' | 'hoursTo' | 'active' | 'shared' | 'lineClass'
  >,
  values: LineValues,
): Change {
  const { customerId, hoursFrom, hoursTo, active, shared, lineClass } = values;
  const sameHours = hoursFrom === line.hoursFrom && hoursTo === line.hoursTo;
  return {
    ...(customerId && customerId !== line.customerId ? { customerId } : {}),
    ...(sameHours ? {} : { hoursFrom, hoursTo }),
    ...(active === line.active ? {} : { active }),
    ...(lineClass === line.lineClass ? {} : { lineClass }),
    ...(shared === (line.shared ?? false) ? {} : { shared }),
  };
}
