import { billingRpcs } from './billing/rpcs';
import { identityRpcs } from './identity/rpcs';
import { dispatchLinksRpc } from './sms/dispatch';
import { smsRpcs } from './sms/rpcs';
import { targetingRpcs } from './targeting/rpcs';

/** Every RPC of the platform, by the room that owns it. */
export const rpcs = {
  identity: identityRpcs,
  billing: billingRpcs,
  targeting: targetingRpcs,
  sms: smsRpcs,
  dispatch: { links: dispatchLinksRpc },
};
