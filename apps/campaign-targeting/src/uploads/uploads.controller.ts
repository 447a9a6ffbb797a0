import { Controller } from '@nestjs/common';
import { EmptyDto, targetingRpc } from '@peyk/contracts';
import type {
  ListIdDto,
  RecipientListDto,
  UploadAppendDto,
  UploadCloseDto,
  UploadOpenDto,
} from '@peyk/contracts';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { UploadsService } from './uploads.service';

@Controller()
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @HandleRpc(targetingRpc.openUpload)
  async open({ fileName }: UploadOpenDto, caller: Caller): Promise<RecipientListDto> {
    return this.uploads.open(accountOf(caller), fileName);
  }

  @HandleRpc(targetingRpc.appendUpload)
  async append({ listId, no, data }: UploadAppendDto, caller: Caller): Promise<EmptyDto> {
    await this.uploads.append(accountOf(caller), listId, no, data);
    return new EmptyDto();
  }

  @HandleRpc(targetingRpc.closeUpload)
  async close({ listId, chunks }: UploadCloseDto, caller: Caller): Promise<RecipientListDto> {
    return this.uploads.close(accountOf(caller), listId, chunks);
  }

  @HandleRpc(targetingRpc.abortUpload)
  async abort({ listId }: ListIdDto, caller: Caller): Promise<EmptyDto> {
    await this.uploads.abort(accountOf(caller), listId);
    return new EmptyDto();
  }
}
