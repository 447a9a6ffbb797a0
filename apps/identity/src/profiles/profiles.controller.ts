import { Controller } from '@nestjs/common';
import type { EmptyDto } from '@peyk/contracts';
import { identityAccountsRpc } from '@peyk/contracts/identity';
import type { ProfileDto, ProfileUpdateDto } from '@peyk/contracts/identity';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { actedBy } from '../audit/audit.service';
import { ProfilesService } from './profiles.service';

@Controller()
export class ProfilesController {
  constructor(private readonly profiles: ProfilesService) {}

  @HandleRpc(identityAccountsRpc.me)
  async me(_input: EmptyDto, caller: Caller): Promise<ProfileDto> {
    return this.profiles.read(accountOf(caller));
  }

  @HandleRpc(identityAccountsRpc.updateMe)
  async updateMe(input: ProfileUpdateDto, caller: Caller): Promise<ProfileDto> {
    return this.profiles.update(accountOf(caller), input, actedBy(caller));
  }
}
