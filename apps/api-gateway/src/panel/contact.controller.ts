import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto, SiteContactDto, siteContactRoute } from '@peyk/contracts';
import { GatewayConfig } from '../config';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

/** Where people find help. */
@ApiTags('panel')
@Controller('contact')
export class ContactController {
  constructor(private readonly config: GatewayConfig) {}

  @Endpoint('GET', '', siteContactRoute)
  read(@Input() _input: EmptyDto): Promise<SiteContactDto> {
    const { supportPhone, supportEmail, supportAddress, supportHours } = this.config;
    return Promise.resolve({
      ...(supportPhone && { phone: supportPhone }),
      ...(supportEmail && { email: supportEmail }),
      ...(supportAddress && { address: supportAddress }),
      ...(supportHours && { hours: supportHours }),
    });
  }
}
