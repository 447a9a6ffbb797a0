import { EmptyDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { ColumnField, InstantField } from '../core/fields';

/** More changes than this within the life of an access token are said by `issuedBefore` alone. */
export const maxRevocations = 5_000;

/** Access tokens that are refused although they have not run out; column `i` of accounts and stamps is one account. */
export class RevocationsDto {
  @ColumnField({
    description: 'Accounts whose roles, scopes or state changed',
    item: 'string',
    maxLength: 36,
    maxItems: maxRevocations,
  })
  accountIds!: string[];

  @ColumnField({
    description: 'Their permission stamps: tokens with a smaller one are refused',
    item: 'integer',
    min: 1,
    max: 2_000_000_000,
    maxItems: maxRevocations,
  })
  stamps!: number[];

  @ColumnField({
    description: 'Sessions that ended and API keys that were revoked',
    item: 'string',
    maxLength: 36,
    maxItems: maxRevocations,
  })
  sessionIds!: string[];

  @InstantField({
    description: 'Present when there were too many to list: every token that was made before is refused',
    optional: true,
  })
  issuedBefore?: string;
}

export const identityAccessRpc = {
  revocations: defineRpc({
    name: 'identity.access.revocations',
    input: EmptyDto,
    output: RevocationsDto,
    access: 'service',
    callers: ['api-gateway', 'billing', 'campaign-targeting', 'sms-gateway'],
    does: 'Tokens that are refused although they have not run out; the events of identity tell of later ones.',
    errors: [],
  }),
};
