import type { GatewayPart } from '../routes/controllers';
import { accountsRoutes, barcodesRoutes } from './accounts.routes';
import { apiKeysRoutes } from './api-keys.routes';
import { AuditController } from './audit.controller';
import { auditRoutes } from './audit.routes';
import { CodesController } from './codes.controller';
import { baleRoutes, codesRoutes } from './codes.routes';
import { OwnSessionsController } from './own-sessions.controller';
import { PasswordsController } from './passwords.controller';
import { passwordsRoutes } from './passwords.routes';
import { SessionsController } from './sessions.controller';
import { ownSessionsRoutes, sessionsRoutes } from './sessions.routes';
import { SignUpsController } from './sign-ups.controller';
import { signUpsRoutes } from './sign-ups.routes';

/** Signing in and up, accounts, and what is noted of them. */
export const identityPart: GatewayPart = {
  tables: [
    sessionsRoutes,
    accountsRoutes,
    barcodesRoutes,
    auditRoutes,
    ownSessionsRoutes,
    codesRoutes,
    baleRoutes,
    passwordsRoutes,
    apiKeysRoutes,
    signUpsRoutes,
  ],
  controllers: [
    SessionsController,
    AuditController,
    OwnSessionsController,
    CodesController,
    PasswordsController,
    SignUpsController,
  ],
};
