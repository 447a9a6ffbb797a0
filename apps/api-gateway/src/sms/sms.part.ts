import type { GatewayPart } from '../routes/controllers';
import { activityRoutes } from './activity.routes';
import { linesRoutes } from './lines.routes';
import { OptOutsController } from './opt-outs.controller';
import { optOutsRoutes } from './opt-outs.routes';
import { templatesRoutes } from './templates.routes';

export const activityPart: GatewayPart = { tables: [activityRoutes] };

/** Lines, links, the inbox, templates and opt-outs. */
export const smsPart: GatewayPart = {
  tables: [optOutsRoutes, linesRoutes, templatesRoutes],
  controllers: [OptOutsController],
};
