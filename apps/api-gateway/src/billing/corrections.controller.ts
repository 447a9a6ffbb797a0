import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  billingCorrectionsRpc,
  CorrectionDecisionDto,
  CorrectionDto,
  CorrectionIdDto,
  CorrectionRefusalDto,
  CorrectionRequestDto,
  CorrectionsDto,
  CorrectionsQueryDto,
} from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

@ApiTags('corrections')
@Controller('corrections')
export class CorrectionsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('POST', '', billingCorrectionsRpc.request, {
    status: 201,
    header: {
      name: 'Idempotency-Key',
      field: 'correctionId',
      description: 'The same as `correctionId` in the body; one of the two is needed, both must agree',
    },
  })
  request(@Input() input: CorrectionRequestDto, @Caller() { as }: SignedIn): Promise<CorrectionDto> {
    return this.runtime.rpc.call(billingCorrectionsRpc.request, input, as);
  }

  @Endpoint('GET', '', billingCorrectionsRpc.list)
  list(@Input() input: CorrectionsQueryDto, @Caller() { as }: SignedIn): Promise<CorrectionsDto> {
    return this.runtime.rpc.call(billingCorrectionsRpc.list, input, as);
  }

  @Endpoint('GET', ':correctionId', billingCorrectionsRpc.read)
  read(@Input() input: CorrectionIdDto, @Caller() { as }: SignedIn): Promise<CorrectionDto> {
    return this.runtime.rpc.call(billingCorrectionsRpc.read, input, as);
  }

  @Endpoint('POST', ':correctionId/approve', billingCorrectionsRpc.approve)
  approve(@Input() input: CorrectionDecisionDto, @Caller() { as }: SignedIn): Promise<CorrectionDto> {
    return this.runtime.rpc.call(billingCorrectionsRpc.approve, input, as);
  }

  @Endpoint('POST', ':correctionId/refuse', billingCorrectionsRpc.refuse)
  refuse(@Input() input: CorrectionRefusalDto, @Caller() { as }: SignedIn): Promise<CorrectionDto> {
    return this.runtime.rpc.call(billingCorrectionsRpc.refuse, input, as);
  }
}
