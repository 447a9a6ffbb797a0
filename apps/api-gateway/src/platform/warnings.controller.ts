import { EmptyDto, PlatformWarningsDto } from '@peyk/contracts';
import { ForwardedWatch } from '../http/forwarded-watch';
import { Input } from '../http/input.decorator';
import { warningsRoutes } from './warnings.routes';
import { ControllerOf } from '../routes/controllers';

/** What is set up wrongly, as far as the gateway sees it by what comes in. */
@ControllerOf(warningsRoutes)
export class WarningsController {
  constructor(private readonly forwarded: ForwardedWatch) {}

  list(@Input() _input: EmptyDto): Promise<PlatformWarningsDto> {
    return Promise.resolve({ warnings: this.forwarded.warnings() });
  }
}
