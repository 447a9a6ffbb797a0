import { Controller } from '@nestjs/common';
import { EmptyDto } from '@peyk/contracts';
import { targetingUploadsRpc } from '@peyk/contracts/targeting';
import type { UploadOpenDto } from '@peyk/contracts';
import type { ListIdDto, RecipientListDto, UploadAppendDto, UploadCloseDto } from '@peyk/contracts/targeting';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { UploadsService } from './uploads.service';

@Controller()
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @HandleRpc(targetingUploadsRpc.open)
  async open({ fileName }: UploadOpenDto, caller: Caller): Promise<RecipientListDto> {
    return this.uploads.open(accountOf(caller), fileName);
  }

  @HandleRpc(targetingUploadsRpc.append)
  async append({ listId, no, data }: UploadAppendDto, caller: Caller): Promise<EmptyDto> {
    await this.uploads.append(accountOf(caller), listId, no, data);
    return new EmptyDto();
  }

  @HandleRpc(targetingUploadsRpc.close)
  async close({ listId, chunks }: UploadCloseDto, caller: Caller): Promise<RecipientListDto> {
    return this.uploads.close(accountOf(caller), listId, chunks);
  }

  @HandleRpc(targetingUploadsRpc.abort)
  async abort({ listId }: ListIdDto, caller: Caller): Promise<EmptyDto> {
    await this.uploads.abort(accountOf(caller), listId);
    return new EmptyDto();
  }
}
