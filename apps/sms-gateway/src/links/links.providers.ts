import { LinkAdministration } from './link-administration';
import { LinkPasswords } from './link-passwords';
import { LinksController } from './links.controller';
import { LinksService } from './links.service';
import { SealKeysCheck } from './sealed-columns';
import { WorkerEnds } from './worker-ends';

export const linksControllers = [LinksController];
export const linksProviders = [LinkAdministration, LinkPasswords, LinksService, SealKeysCheck, WorkerEnds];
