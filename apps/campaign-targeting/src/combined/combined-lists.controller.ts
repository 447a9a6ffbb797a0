import { Controller } from '@nestjs/common';
import { targetingListsRpc } from '@peyk/contracts/targeting';
import type { CombineListsDto, RecipientListDto } from '@peyk/contracts/targeting';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { CombinedListsService } from './combined-lists.service';

@Controller()
export class CombinedListsController {
  constructor(private readonly combined: CombinedListsService) {}

  @HandleRpc(targetingListsRpc.combine)
  async combine(input: CombineListsDto, caller: Caller): Promise<RecipientListDto> {
    return this.combined.combine(accountOf(caller), input);
  }
}
