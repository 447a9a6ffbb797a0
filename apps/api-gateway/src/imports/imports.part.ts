import type { GatewayPart } from '../routes/controllers';
import { ImportsController } from './imports.controller';
import { importsRoutes } from './imports.routes';

/** Files of people and basic data. */
export const importsPart: GatewayPart = { tables: [importsRoutes], controllers: [ImportsController] };
