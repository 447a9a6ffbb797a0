import { EmptyDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { EnumField, InstantField, StringField, UuidField } from '../core/fields';
import { roles } from '../core/principal';
import type { Role } from '../core/principal';
import { maxName } from './accounts.rpc';

export class BarcodeDto {
  @StringField({
    description: 'What the barcode holds: signed, and worth nothing elsewhere (IDN-214)',
    maxLength: 100,
  })
  text!: string;

  @InstantField({ description: 'Not accepted from then on; the end of the day in Tehran' })
  expiresAt!: string;

  @StringField({ description: 'The barcode (QR) as an SVG image', maxLength: 20_000 })
  svg!: string;
}

export class BarcodeTextDto {
  @StringField({ description: 'What a barcode reader read', minLength: 1, maxLength: 200 })
  text!: string;
}

/** Whose barcode it is. */
export class BarcodeOwnerDto {
  @UuidField({ description: 'Account id' })
  accountId!: string;

  @StringField({ description: 'Full name', maxLength: maxName })
  name!: string;

  @StringField({ description: 'Username', maxLength: 100 })
  username!: string;

  @EnumField({ description: 'Roles', values: roles, array: { maxItems: 20 } })
  roles!: Role[];
}

export const identityBarcodesRpc = {
  mine: defineRpc({
    name: 'identity.barcodes.mine',
    input: EmptyDto,
    output: BarcodeDto,
    access: 'user',
    does: 'The own barcode of today (IDN-018).',
    errors: ['account.notFound'],
  }),
  read: defineRpc({
    name: 'identity.barcodes.read',
    input: BarcodeTextDto,
    output: BarcodeOwnerDto,
    access: 'user',
    does: 'Whose barcode was read; each reading is audited (IDN-214).',
    errors: ['barcode.invalid'],
  }),
};
