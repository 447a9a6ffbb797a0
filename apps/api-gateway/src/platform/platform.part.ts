import type { GatewayPart } from '../routes/controllers';
import { ClientErrorsController } from './client-errors.controller';
import { clientErrorsRoutes } from './client-errors.routes';
import { DeadLettersController } from './dead-letters.controller';
import { deadLettersRoutes } from './dead-letters.routes';
import { WarningsController } from './warnings.controller';
import { warningsRoutes } from './warnings.routes';

/** How the platform itself is: what died, broke or is set up wrongly. */
export const platformPart: GatewayPart = {
  tables: [deadLettersRoutes, clientErrorsRoutes, warningsRoutes],
  controllers: [DeadLettersController, ClientErrorsController, WarningsController],
};
