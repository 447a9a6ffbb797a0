import { Controller } from '@nestjs/common';
import { targetingRecipientsRpc } from '@peyk/contracts/targeting';
import type {
  RecipientCountDto,
  RecipientCountQueryDto,
  RecipientPageDto,
  RecipientPageQueryDto,
  RecipientPlaceDto,
  RecipientSearchDto,
} from '@peyk/contracts/targeting';
import { HandleRpc } from '@peyk/messaging';
import { RecipientsService } from './recipients.service';

/** For the sending side only ('service' contracts); it names the customer that it acts for. */
@Controller()
export class RecipientsController {
  constructor(private readonly recipients: RecipientsService) {}

  @HandleRpc(targetingRecipientsRpc.count)
  async count(input: RecipientCountQueryDto): Promise<RecipientCountDto> {
    return this.recipients.count(input);
  }

  @HandleRpc(targetingRecipientsRpc.page)
  async page(input: RecipientPageQueryDto): Promise<RecipientPageDto> {
    return this.recipients.page(input);
  }

  @HandleRpc(targetingRecipientsRpc.find)
  async find(input: RecipientSearchDto): Promise<RecipientPlaceDto> {
    return this.recipients.find(input);
  }
}
