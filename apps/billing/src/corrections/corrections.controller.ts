import { Controller } from '@nestjs/common';
import { billingCorrectionsRpc } from '@peyk/contracts/billing';
import type {
  CorrectionDecisionDto,
  CorrectionDto,
  CorrectionIdDto,
  CorrectionRefusalDto,
  CorrectionRequestDto,
  CorrectionsDto,
  CorrectionsQueryDto,
} from '@peyk/contracts/billing';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { CorrectionsService } from './corrections.service';

@Controller()
export class CorrectionsController {
  constructor(private readonly corrections: CorrectionsService) {}

  @HandleRpc(billingCorrectionsRpc.request)
  async request(terms: CorrectionRequestDto, caller: Caller): Promise<CorrectionDto> {
    return this.corrections.request(terms, accountOf(caller));
  }

  @HandleRpc(billingCorrectionsRpc.read)
  async read({ correctionId }: CorrectionIdDto): Promise<CorrectionDto> {
    return this.corrections.read(correctionId);
  }

  @HandleRpc(billingCorrectionsRpc.list)
  async list(page: CorrectionsQueryDto): Promise<CorrectionsDto> {
    return this.corrections.list(page);
  }

  @HandleRpc(billingCorrectionsRpc.approve)
  async approve({ correctionId, note }: CorrectionDecisionDto, caller: Caller): Promise<CorrectionDto> {
    return this.corrections.approve(correctionId, accountOf(caller), note);
  }

  @HandleRpc(billingCorrectionsRpc.refuse)
  async refuse({ correctionId, note }: CorrectionRefusalDto, caller: Caller): Promise<CorrectionDto> {
    return this.corrections.refuse(correctionId, accountOf(caller), note);
  }
}
