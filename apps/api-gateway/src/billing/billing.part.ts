import type { GatewayPart } from '../routes/controllers';
import { banksRoutes } from './banks.routes';
import { clubRoutes } from './club.routes';
import { correctionsRoutes } from './corrections.routes';
import { GiftsController } from './gifts.controller';
import { giftsRoutes } from './gifts.routes';
import { plansRoutes } from './plans.routes';
import { resellersRoutes, topupRequestsRoutes } from './resellers.routes';
import { tariffsRoutes } from './tariffs.routes';
import { TopupsController } from './topups.controller';
import { topupsRoutes } from './topups.routes';
import { WalletController } from './wallet.controller';
import { walletRoutes } from './wallet.routes';

/** Plans, prices, wallets, top-ups and what resellers do. */
export const billingPart: GatewayPart = {
  tables: [
    plansRoutes,
    tariffsRoutes,
    giftsRoutes,
    walletRoutes,
    correctionsRoutes,
    resellersRoutes,
    topupRequestsRoutes,
    clubRoutes,
    topupsRoutes,
    banksRoutes,
  ],
  controllers: [GiftsController, WalletController, TopupsController],
};
