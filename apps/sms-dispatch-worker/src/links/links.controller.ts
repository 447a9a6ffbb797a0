import { Controller } from '@nestjs/common';
import { dispatchRpc } from '@peyk/contracts';
import type { LinkAssignmentDto, LinkTestDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { testLink } from './link-test';

@Controller()
export class LinksController {
  @HandleRpc(dispatchRpc.testLink)
  test(link: LinkAssignmentDto): Promise<LinkTestDto> {
    return testLink(link);
  }
}
