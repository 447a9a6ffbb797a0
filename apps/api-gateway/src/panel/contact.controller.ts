import { EmptyDto, SiteContactDto } from '@peyk/contracts';
import { GatewayConfig } from '../config';
import { Input } from '../http/input.decorator';
import { contactRoutes } from './contact.routes';
import { ControllerOf } from '../routes/controllers';

/** Where people find help. */
@ControllerOf(contactRoutes)
export class ContactController {
  constructor(private readonly config: GatewayConfig) {}

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
