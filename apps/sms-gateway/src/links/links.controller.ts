import { Controller } from '@nestjs/common';
import { smsLinksRpc, smsWorkersRpc } from '@peyk/contracts/sms';
import type { EmptyDto } from '@peyk/contracts';
import type {
  HeartbeatAnswerDto,
  HeartbeatDto,
  LinkChangeDto,
  LinkCreateDto,
  LinkDetailDto,
  LinkIdDto,
  LinksDto,
  LinkTestDto,
} from '@peyk/contracts/sms';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { Nudge } from '../dispatch/nudge';
import { LinkAdministration } from './link-administration';
import { LinksService } from './links.service';

@Controller()
export class LinksController {
  constructor(
    private readonly links: LinksService,
    private readonly nudge: Nudge,
    private readonly administration: LinkAdministration,
  ) {}

  @HandleRpc(smsWorkersRpc.heartbeat)
  heartbeat(beat: HeartbeatDto): Promise<HeartbeatAnswerDto> {
    this.nudge.held(beat.sessionId, new Set(beat.links.flatMap((link) => link.batchIds)));
    return this.links.heartbeat(beat);
  }

  @HandleRpc(smsLinksRpc.list)
  async list(): Promise<LinksDto> {
    return this.links.list();
  }

  @HandleRpc(smsLinksRpc.read)
  async read({ linkId }: LinkIdDto): Promise<LinkDetailDto> {
    return this.links.read(linkId);
  }

  @HandleRpc(smsLinksRpc.create)
  create(input: LinkCreateDto, caller: Caller): Promise<LinkDetailDto> {
    return this.administration.create(accountOf(caller), input);
  }

  @HandleRpc(smsLinksRpc.change)
  change(input: LinkChangeDto, caller: Caller): Promise<LinkDetailDto> {
    return this.administration.change(accountOf(caller), input);
  }

  @HandleRpc(smsLinksRpc.delete)
  remove({ linkId }: LinkIdDto, caller: Caller): Promise<EmptyDto> {
    return this.administration.remove(accountOf(caller), linkId);
  }

  @HandleRpc(smsLinksRpc.test)
  async test({ linkId }: LinkIdDto): Promise<LinkTestDto> {
    return this.administration.test(linkId);
  }
}
