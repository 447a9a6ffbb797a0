import { EmptyDto } from './common.dto';
import type { RpcContract } from './define';
import { EnumField, InstantField, IntField, ObjectField, StringField } from './fields';

export const platformWarningCodes = ['proxyNotTrusted'] as const;

export class PlatformWarningDto {
  @EnumField({
    description:
      'proxyNotTrusted: requests came with a forwarded address from an address that TRUST_PROXY does not name, so behind it everybody is one address',
    values: platformWarningCodes,
  })
  code!: (typeof platformWarningCodes)[number];

  @StringField({ description: 'Address that the last of them came from', maxLength: 64 })
  address!: string;

  @IntField({ description: 'How many since the start of the replica', min: 1, max: Number.MAX_SAFE_INTEGER })
  requests!: number;

  @InstantField({ description: 'When the last came' })
  lastAt!: string;
}

export class PlatformWarningsDto {
  @ObjectField({
    description: 'What is set up wrongly',
    dto: () => PlatformWarningDto,
    array: { maxItems: 20 },
  })
  warnings!: PlatformWarningDto[];
}

type Route = Pick<RpcContract, 'name' | 'input' | 'output' | 'access' | 'permission' | 'does' | 'errors'>;

/** Answered by the gateway itself, like the dead letters. */
export const platformWarningRoutes = {
  list: {
    name: 'gateway.platformWarnings.list',
    input: EmptyDto,
    output: PlatformWarningsDto,
    access: 'user',
    permission: { roles: { admin: 'any' } },
    does: 'What the gateway sees to be set up wrongly, of the replica that answers and the last day.',
    errors: [],
  },
} as const satisfies Readonly<Record<string, Route>>;
