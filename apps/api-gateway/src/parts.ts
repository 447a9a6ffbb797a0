import { billingPart } from './billing/billing.part';
import { identityPart } from './identity/identity.part';
import { importsPart } from './imports/imports.part';
import { panelPart } from './panel/panel.part';
import { paymentsPart } from './payments/payments.part';
import { platformPart } from './platform/platform.part';
import type { GatewayPart } from './routes/controllers';
import type { Route } from './routes/route-table';
import { sendsPart } from './sends/sends.part';
import { activityPart, smsPart } from './sms/sms.part';
import { targetingPart } from './targeting/targeting.part';

/** Everything that the gateway answers, in the order of the docs. A new service adds its part. */
export const parts: readonly GatewayPart[] = [
  identityPart,
  billingPart,
  paymentsPart,
  activityPart,
  panelPart,
  smsPart,
  targetingPart,
  importsPart,
  sendsPart,
  platformPart,
];

/** Every route of the API, in the order of the docs. */
export function allRoutes(): Route[] {
  return parts.flatMap(({ tables }) => tables.flatMap(({ routes }) => routes));
}
