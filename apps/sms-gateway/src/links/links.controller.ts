import { Controller } from '@nestjs/common';
import { dispatchRpc, operationsRpc, smsRpc } from '@peyk/contracts';
import type { HeartbeatAnswerDto, HeartbeatDto, LinkDetailDto, LinkIdDto, LinksDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { Nudge } from '../dispatch/nudge';
import { LinksService } from './links.service';

@Controller()
export class LinksController {
  constructor(
    private readonly links: LinksService,
    private readonly nudge: Nudge,
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
}
