import { Controller } from '@nestjs/common';
import { identityBaleRpc } from '@peyk/contracts/identity';
import type { EmptyDto } from '@peyk/contracts';
import type { BaleLinkDto, BaleStatusDto } from '@peyk/contracts/identity';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { actedBy } from '../audit/audit.service';
import { BaleLinks } from './bale-links.service';

/** A person and the own Bale chat. */
@Controller()
export class BaleController {
  constructor(private readonly links: BaleLinks) {}

  @HandleRpc(identityBaleRpc.link)
  link(_input: EmptyDto, caller: Caller): Promise<BaleLinkDto> {
    return this.links.begin(accountOf(caller));
  }

  @HandleRpc(identityBaleRpc.status)
  status(_input: EmptyDto, caller: Caller): Promise<BaleStatusDto> {
    return this.links.status(accountOf(caller));
  }

  @HandleRpc(identityBaleRpc.unlink)
  async unlink(_input: EmptyDto, caller: Caller): Promise<EmptyDto> {
    await this.links.unlink(accountOf(caller), actedBy(caller));
    return {};
  }
}
