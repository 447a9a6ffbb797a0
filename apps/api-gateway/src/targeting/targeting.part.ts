import type { GatewayPart } from '../routes/controllers';
import { RecipientListsController } from './recipient-lists.controller';
import { recipientListsRoutes } from './recipient-lists.routes';

/** Lists of recipients. */
export const targetingPart: GatewayPart = {
  tables: [recipientListsRoutes],
  controllers: [RecipientListsController],
};
