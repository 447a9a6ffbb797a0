import type { GatewayPart } from '../routes/controllers';
import { PaymentOutcomesController, PaymentsController } from './payments.controller';
import { paymentsRoutes } from './payments.routes';

/** The way of a payer's browser to the bank and back. */
export const paymentsPart: GatewayPart = {
  tables: [paymentsRoutes],
  controllers: [PaymentOutcomesController, PaymentsController],
};
