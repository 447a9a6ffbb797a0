import type { Provider, Type } from '@nestjs/common';
import { BaleApi } from './bale-api';
import { BaleBot } from './bale-bot';
import { BaleChatChannel } from './bale-chat.channel';
import { BaleLinks } from './bale-links.service';
import { BaleController } from './bale.controller';

export const baleControllers: Type[] = [BaleController];

export const baleProviders: Provider[] = [BaleApi, BaleBot, BaleChatChannel, BaleLinks];
