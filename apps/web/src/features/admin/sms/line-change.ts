import type { Schemas } from '../../../api/client';

type Change = Schemas['LineChangeBodyDto'];

/** Only what differs: an owner that is sent again would silence the secretary for nothing. Hours go together. */
export function lineChangeOf(
  line: Pick<Schemas['AdminLineDto'], 'customerId' | 'hoursFrom' | 'hoursTo' | 'active' | 'shared'>,
  values: Required<Change>,
): Change {
  const { customerId, hoursFrom, hoursTo, active, shared } = values;
  const sameHours = hoursFrom === line.hoursFrom && hoursTo === line.hoursTo;
  return {
    ...(customerId === line.customerId ? {} : { customerId }),
    ...(sameHours ? {} : { hoursFrom, hoursTo }),
    ...(active === line.active ? {} : { active }),
    ...(shared === (line.shared ?? false) ? {} : { shared }),
  };
}
