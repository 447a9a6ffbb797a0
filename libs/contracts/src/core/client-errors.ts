import { EmptyDto } from './common.dto';
import type { RpcContract } from './define';
import { EnumField, StringField } from './fields';

/** What broke in somebody's panel. Over HTTP only: the gateway writes it into its log and keeps nothing. */
export const clientErrorKinds = ['render', 'script', 'promise', 'code'] as const;

export type ClientErrorKind = (typeof clientErrorKinds)[number];

export class ClientErrorDto {
  @StringField({
    description: 'Made by the panel and shown to the person, so that support finds the line',
    minLength: 6,
    maxLength: 36,
    pattern: /^[0-9a-z-]+$/,
  })
  id!: string;

  @EnumField({
    description:
      'A page that could not be drawn, a script, a promise that nobody caught, or code that did not come',
    values: clientErrorKinds,
  })
  kind!: ClientErrorKind;

  @StringField({ description: 'What the error says', maxLength: 500 })
  message!: string;

  @StringField({ description: 'Where it stood in the code', optional: true, maxLength: 4_000 })
  stack?: string;

  @StringField({ description: 'Which parts of the page were being drawn', optional: true, maxLength: 2_000 })
  parts?: string;

  @StringField({ description: "Path of the panel's page, without its query", maxLength: 200 })
  page!: string;

  @StringField({ description: 'File of script that the panel was begun with', maxLength: 100 })
  release!: string;

  @StringField({
    description: 'Of the answer that it followed',
    optional: true,
    minLength: 1,
    maxLength: 64,
    pattern: /^[\w-]+$/,
  })
  requestId?: string;
}

type Route = Pick<RpcContract, 'name' | 'input' | 'output' | 'access' | 'permission' | 'does' | 'errors'>;

/** No program answers it as RPC, so it is none of the registered contracts. */
export const clientErrorRoute = {
  name: 'gateway.clientErrors.report',
  input: ClientErrorDto,
  output: EmptyDto,
  access: 'public',
  permission: undefined,
  does: 'Writes an error of the panel into the log of the gateway, with and without a session.',
  errors: [],
} as const satisfies Route;
