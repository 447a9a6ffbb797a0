import { Controller } from '@nestjs/common';
import { EmptyDto } from '@peyk/contracts';
import { targetingListsRpc } from '@peyk/contracts/targeting';
import type { PageQueryDto } from '@peyk/contracts';
import type {
  ListErrorsDto,
  ListErrorsQueryDto,
  ListIdDto,
  RecipientListDto,
  RecipientListsDto,
  TypedListCallDto,
} from '@peyk/contracts/targeting';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { ListDeletion } from './list-deletion';
import { ListsService } from './lists.service';

@Controller()
export class ListsController {
  constructor(
    private readonly lists: ListsService,
    private readonly deletion: ListDeletion,
  ) {}

  @HandleRpc(targetingListsRpc.read)
  async read({ listId }: ListIdDto, caller: Caller): Promise<RecipientListDto> {
    return this.lists.read(accountOf(caller), listId);
  }

  @HandleRpc(targetingListsRpc.list)
  async list(input: PageQueryDto, caller: Caller): Promise<RecipientListsDto> {
    return this.lists.list(accountOf(caller), input);
  }

  @HandleRpc(targetingListsRpc.errors)
  async errors(input: ListErrorsQueryDto, caller: Caller): Promise<ListErrorsDto> {
    return this.lists.errors(accountOf(caller), input);
  }

  @HandleRpc(targetingListsRpc.delete)
  async delete({ listId }: ListIdDto, caller: Caller): Promise<EmptyDto> {
    await this.deletion.delete(accountOf(caller), listId);
    return new EmptyDto();
  }

  @HandleRpc(targetingListsRpc.createTyped)
  async createTyped(input: TypedListCallDto): Promise<RecipientListDto> {
    return this.lists.createTyped(input);
  }
}
