import { EmptyDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { ObjectField, StringField } from '../core/fields';

export class VerificationKeyDto {
  @StringField({ description: 'Key id as in the token header', maxLength: 64 })
  kid!: string;

  @StringField({ description: 'Public key, SPKI PEM (ES256)', maxLength: 1_000 })
  publicKey!: string;
}

export class VerificationKeysDto {
  @ObjectField({
    description: 'Keys that tokens may be signed with now',
    dto: () => VerificationKeyDto,
    array: { maxItems: 20 },
  })
  keys!: VerificationKeyDto[];
}

export const identityKeysRpc = {
  list: defineRpc({
    name: 'identity.keys.list',
    input: EmptyDto,
    output: VerificationKeysDto,
    access: 'public',
    does: 'Public keys that access tokens are verified with.',
    errors: [],
  }),
};
