import { EmptyDto } from './common.dto';
import type { RpcContract } from './define';
import { StringField } from './fields';

/** Where people find help; what the operator of the platform has not set is absent, and nobody is sent there. */
export class SiteContactDto {
  @StringField({ description: 'Telephone of the support (SUPPORT_PHONE)', optional: true, maxLength: 40 })
  phone?: string;

  @StringField({ description: 'E-mail of the support (SUPPORT_EMAIL)', optional: true, maxLength: 254 })
  email?: string;

  @StringField({ description: 'Postal address (SUPPORT_ADDRESS)', optional: true, maxLength: 300 })
  address?: string;

  @StringField({
    description: 'When somebody answers, in words (SUPPORT_HOURS)',
    optional: true,
    maxLength: 200,
  })
  hours?: string;
}

type Route = Pick<RpcContract, 'name' | 'input' | 'output' | 'access' | 'permission' | 'does' | 'errors'>;

/** Answered by the gateway itself, by its settings. */
export const siteContactRoute = {
  name: 'gateway.siteContact.read',
  input: EmptyDto,
  output: SiteContactDto,
  access: 'public',
  permission: undefined,
  does: 'Telephone, e-mail, address and hours of the support, for the public pages and for who is told to ask there.',
  errors: [],
} as const satisfies Route;
