import type { GatewayPart } from '../routes/controllers';
import { ContactController } from './contact.controller';
import { contactRoutes } from './contact.routes';

export const panelPart: GatewayPart = { tables: [contactRoutes], controllers: [ContactController] };
