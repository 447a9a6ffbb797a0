import { Controller } from '@nestjs/common';
import { targetingRpc } from '@peyk/contracts';
import type {
  RecipientCountDto,
  RecipientCountQueryDto,
  RecipientPageDto,
  RecipientPageQueryDto,
  RecipientPlaceDto,
  RecipientSearchDto,
} from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { RecipientsService } from './recipients.service';

/** For the sending side only ('service' contracts); it names the customer that it acts for. */
@Controller()
export class RecipientsController {
  constructor(private readonly recipients: RecipientsService) {}

  @HandleRpc(targetingRpc.countRecipients)
  async count(input: RecipientCountQueryDto): Promise<RecipientCountDto> {
    return this.recipients.count(input);
  }

  @HandleRpc(targetingRpc.recipientPage)
  async page(input: RecipientPageQueryDto): Promise<RecipientPageDto> {
    return this.recipients.page(input);
  }

  @HandleRpc(targetingRpc.findRecipient)
  async find(input: RecipientSearchDto): Promise<RecipientPlaceDto> {
    return this.recipients.find(input);
  }
}
