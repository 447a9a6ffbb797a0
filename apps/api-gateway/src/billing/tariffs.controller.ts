import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  billingLevelsRpc,
  billingTariffsRpc,
  CustomerLevelDto,
  CustomerLevelSetDto,
  LevelChangesDto,
  LevelChangesQueryDto,
  LevelDto,
  LevelsDto,
  OwnTariffsDto,
  TariffAddDto,
  TariffIdDto,
  TariffRowDto,
  TariffScheduleDto,
  TariffsDto,
  TariffsQueryDto,
} from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

@ApiTags('tariffs')
@Controller('tariffs')
export class TariffsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', billingTariffsRpc.list)
  list(@Input() input: EmptyDto): Promise<TariffsDto> {
    return this.runtime.rpc.call(billingTariffsRpc.list, input, 'nobody');
  }

  @Endpoint('GET', 'own', billingTariffsRpc.own)
  own(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<OwnTariffsDto> {
    return this.runtime.rpc.call(billingTariffsRpc.own, input, as);
  }

  @Endpoint('GET', 'schedule', billingTariffsRpc.schedule)
  schedule(@Input() input: TariffsQueryDto, @Caller() { as }: SignedIn): Promise<TariffScheduleDto> {
    return this.runtime.rpc.call(billingTariffsRpc.schedule, input, as);
  }

  @Endpoint('PUT', 'schedule/:tariffId', billingTariffsRpc.add)
  add(@Input() input: TariffAddDto, @Caller() { as }: SignedIn): Promise<TariffRowDto> {
    return this.runtime.rpc.call(billingTariffsRpc.add, input, as);
  }

  @Endpoint('DELETE', 'schedule/:tariffId', billingTariffsRpc.withdraw, { answers: EmptyDto })
  async withdraw(@Input() input: TariffIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(billingTariffsRpc.withdraw, input, as);
  }
}

@ApiTags('tariffs')
@Controller('levels')
export class LevelsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', billingLevelsRpc.list)
  list(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<LevelsDto> {
    return this.runtime.rpc.call(billingLevelsRpc.list, input, as);
  }

  @Endpoint('PUT', ':level', billingLevelsRpc.save)
  save(@Input() input: LevelDto, @Caller() { as }: SignedIn): Promise<LevelDto> {
    return this.runtime.rpc.call(billingLevelsRpc.save, input, as);
  }

  @Endpoint('PUT', 'customers/:customerId', billingLevelsRpc.set)
  set(@Input() input: CustomerLevelSetDto, @Caller() { as }: SignedIn): Promise<CustomerLevelDto> {
    return this.runtime.rpc.call(billingLevelsRpc.set, input, as);
  }

  @Endpoint('GET', 'customers/:customerId/changes', billingLevelsRpc.changes)
  changes(@Input() input: LevelChangesQueryDto, @Caller() { as }: SignedIn): Promise<LevelChangesDto> {
    return this.runtime.rpc.call(billingLevelsRpc.changes, input, as);
  }
}
