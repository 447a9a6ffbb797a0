import { Controller } from '@nestjs/common';
import { billingEvents } from '@peyk/contracts/billing';
import { smsSendsRpc, smsSubscriptions } from '@peyk/contracts/sms';
import type {
  AdminSendDto,
  AdminSendsDto,
  AdminSendsQueryDto,
  SendInterventionDto,
} from '@peyk/contracts/sms';
import type { HoldEndedDto } from '@peyk/contracts/billing';
import type {
  ListUseQueryDto,
  ListUsesDto,
  QuoteDto,
  QuoteRequestDto,
  SendChangeDto,
  SendDto,
  SendIdDto,
  SendRecipientsDto,
  SendRecipientsQueryDto,
  SendRequestDto,
  SendsDto,
  SendsQueryDto,
  SendTitlesDto,
  SendTitlesQueryDto,
} from '@peyk/contracts/sms';
import { execute } from '@peyk/database';
import { HandleEvent, HandleRpc, HandledMessages, accountOf } from '@peyk/messaging';
import type { Caller, Received } from '@peyk/messaging';
import { ThreadsService } from '../inbox/threads.service';
import { SendRecipients } from './send-recipients';
import { SendAdministration } from './send-administration';
import { SendControl } from './send-control';
import { SendEdits } from './send-edits';
import { SendReads } from './send-reads';
import { SendsService } from './sends.service';

@Controller()
export class SendsController {
  constructor(
    private readonly sends: SendsService,
    private readonly reads: SendReads,
    private readonly edits: SendEdits,
    private readonly control: SendControl,
    private readonly administration: SendAdministration,
    private readonly sendRecipients: SendRecipients,
    private readonly threads: ThreadsService,
    private readonly handled: HandledMessages,
  ) {}

  @HandleRpc(smsSendsRpc.quote)
  quote(request: QuoteRequestDto, caller: Caller): Promise<QuoteDto> {
    return this.sends.quote(accountOf(caller), request);
  }

  @HandleRpc(smsSendsRpc.create)
  async create(request: SendRequestDto, caller: Caller): Promise<SendDto> {
    const send = await this.sends.create(accountOf(caller), request);
    await this.threads.noteSend(accountOf(caller), request, send.id);
    return send;
  }

  @HandleRpc(smsSendsRpc.read)
  async read({ sendId }: SendIdDto, caller: Caller): Promise<SendDto> {
    const { customerId: _owner, ...send } = await this.administration.read(caller, sendId);
    return send;
  }

  @HandleRpc(smsSendsRpc.titles)
  async titles({ sendIds }: SendTitlesQueryDto, caller: Caller): Promise<SendTitlesDto> {
    return {
      sends: await this.reads.titles(caller.reach === 'any' ? undefined : accountOf(caller), sendIds),
    };
  }

  @HandleRpc(smsSendsRpc.list)
  list(filter: SendsQueryDto, caller: Caller): Promise<SendsDto> {
    return this.reads.list(accountOf(caller), filter);
  }

  @HandleRpc(smsSendsRpc.change)
  change(request: SendChangeDto, caller: Caller): Promise<SendDto> {
    return this.edits.change(accountOf(caller), request);
  }

  @HandleRpc(smsSendsRpc.pause)
  pause({ sendId }: SendIdDto, caller: Caller): Promise<SendDto> {
    return this.control.pause(accountOf(caller), sendId);
  }

  @HandleRpc(smsSendsRpc.resume)
  resume({ sendId }: SendIdDto, caller: Caller): Promise<SendDto> {
    return this.control.resume(accountOf(caller), sendId);
  }

  @HandleRpc(smsSendsRpc.cancel)
  cancel({ sendId }: SendIdDto, caller: Caller): Promise<SendDto> {
    return this.control.cancel(accountOf(caller), sendId);
  }

  @HandleRpc(smsSendsRpc.recipients)
  async recipients(filter: SendRecipientsQueryDto, caller: Caller): Promise<SendRecipientsDto> {
    return this.sendRecipients.list(await this.administration.readable(caller, filter.sendId), filter);
  }

  @HandleRpc(smsSendsRpc.ofList)
  async listUses(input: ListUseQueryDto): Promise<ListUsesDto> {
    return { sends: await this.reads.usesOf(input) };
  }

  @HandleRpc(smsSendsRpc.listAll)
  async listAll(filter: AdminSendsQueryDto): Promise<AdminSendsDto> {
    return this.administration.list(filter);
  }

  @HandleRpc(smsSendsRpc.readOfAll)
  readAny({ sendId }: SendIdDto, caller: Caller): Promise<AdminSendDto> {
    return this.administration.read(caller, sendId);
  }

  @HandleRpc(smsSendsRpc.intervene)
  intervene(input: SendInterventionDto, caller: Caller): Promise<AdminSendDto> {
    return this.administration.intervene(accountOf(caller), input);
  }

  @HandleEvent(smsSubscriptions.holds, billingEvents.holdEnded)
  async onHoldEnded(event: HoldEndedDto, received: Received): Promise<void> {
    await this.handled.handleOnce(received, async (tx) => {
      await execute(tx, 'UPDATE sends SET settled = true WHERE id = $1', [event.holdId]);
    });
  }
}
