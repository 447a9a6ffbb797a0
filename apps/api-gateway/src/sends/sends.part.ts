import type { GatewayPart } from '../routes/controllers';
import { ProgressHub, ProgressListener } from './progress.hub';
import { SendsController } from './sends.controller';
import { sendsRoutes } from './sends.routes';

/** Sends, their reports and their live progress. */
export const sendsPart: GatewayPart = {
  tables: [sendsRoutes],
  controllers: [SendsController, ProgressListener],
  providers: [ProgressHub],
};
