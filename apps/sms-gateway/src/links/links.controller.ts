import { Controller } from '@nestjs/common';
import { dispatchRpc, linksRpc, operationsRpc, smsRpc } from '@peyk/contracts';
import type {
  EmptyDto,
  HeartbeatAnswerDto,
  HeartbeatDto,
  LinkChangeDto,
  LinkCreateDto,
  LinkDetailDto,
  LinkIdDto,
  LinkTestDto,
  LinksDto,
} from '@peyk/contracts';
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

  @HandleRpc(dispatchRpc.heartbeat)
  heartbeat(beat: HeartbeatDto): Promise<HeartbeatAnswerDto> {
    this.nudge.held(beat.sessionId, new Set(beat.links.flatMap((link) => link.batchIds)));
    return this.links.heartbeat(beat);
  }

  @HandleRpc(smsRpc.listLinks)
  async list(): Promise<LinksDto> {
    return this.links.list();
  }

  @HandleRpc(operationsRpc.readLink)
  async read({ linkId }: LinkIdDto): Promise<LinkDetailDto> {
    return this.links.read(linkId);
  }

  @HandleRpc(linksRpc.create)
  create(input: LinkCreateDto, caller: Caller): Promise<LinkDetailDto> {
    return this.administration.create(accountOf(caller), input);
  }

  @HandleRpc(linksRpc.change)
  change(input: LinkChangeDto, caller: Caller): Promise<LinkDetailDto> {
    return this.administration.change(accountOf(caller), input);
  }

  @HandleRpc(linksRpc.remove)
  remove({ linkId }: LinkIdDto, caller: Caller): Promise<EmptyDto> {
    return this.administration.remove(accountOf(caller), linkId);
  }

  @HandleRpc(linksRpc.test)
  async test({ linkId }: LinkIdDto): Promise<LinkTestDto> {
    return this.administration.test(linkId);
  }
}
