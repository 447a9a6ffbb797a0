import { Controller } from '@nestjs/common';
import { dispatchLinksRpc } from '@peyk/contracts/sms';
import type { LinkAssignmentDto, LinkTestDto } from '@peyk/contracts/sms';
import { HandleRpc } from '@peyk/messaging';
import { testLink } from './link-test';

@Controller()
export class LinksController {
  @HandleRpc(dispatchLinksRpc.test)
  test(link: LinkAssignmentDto): Promise<LinkTestDto> {
    return testLink(link);
  }
}
