import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto, platformWarningRoutes, PlatformWarningsDto } from '@peyk/contracts';
import { Endpoint } from '../http/endpoint.decorator';
import { ForwardedWatch } from '../http/forwarded-watch';
import { Input } from '../http/input.decorator';

/** What is set up wrongly, as far as the gateway sees it by what comes in. */
@ApiTags('warnings')
@Controller('platform-warnings')
export class WarningsController {
  constructor(private readonly forwarded: ForwardedWatch) {}

  @Endpoint('GET', '', platformWarningRoutes.list)
  list(@Input() _input: EmptyDto): Promise<PlatformWarningsDto> {
    return Promise.resolve({ warnings: this.forwarded.warnings() });
  }
}
