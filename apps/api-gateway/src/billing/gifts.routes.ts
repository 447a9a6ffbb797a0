import { IntField } from '@peyk/contracts';
import { billingGiftsRpc, billingTiersRpc } from '@peyk/contracts/billing';
import { passOn, routeTable, special } from '../routes/route-table';

/** As a person types it (BIL-204). */
export class GiftAskedDto {
  @IntField({
    description: 'Amount that would be topped up, Toman',
    min: 1,
    max: 900_000_000_000_000,
    example: 500_000,
  })
  amountToman!: number;
}

export const giftsRoutes = routeTable('gifts', [
  special('quote', 'GET', 'gifts/quote', billingGiftsRpc.quote, { input: GiftAskedDto }),
  passOn('GET', 'gifts/tiers', billingTiersRpc.list),
  passOn('GET', 'gifts/tier-sets', billingTiersRpc.sets),
  passOn('PUT', 'gifts/tier-sets/:tierSetId', billingTiersRpc.replace),
  passOn('DELETE', 'gifts/tier-sets/:tierSetId', billingTiersRpc.withdraw),
]);
