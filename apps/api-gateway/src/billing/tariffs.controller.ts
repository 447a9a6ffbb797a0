import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  billingRpc,
  CustomerLevelDto,
  CustomerLevelSetDto,
  EmptyDto,
  LevelChangesDto,
  LevelChangesQueryDto,
  LevelDto,
  LevelsDto,
  levelsRpc,
  OwnTariffsDto,
  TariffAddDto,
  TariffIdDto,
  TariffRowDto,
  TariffScheduleDto,
  TariffsDto,
  TariffsQueryDto,
  tariffsRpc,
} from '@peyk/contracts';
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

  @Endpoint('GET', '', billingRpc.tariffs)
  list(@Input() input: EmptyDto): Promise<TariffsDto> {
    return this.runtime.rpc.call(billingRpc.tariffs, input, 'nobody');
  }

  @Endpoint('GET', 'own', tariffsRpc.own)
  own(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<OwnTariffsDto> {
    return this.runtime.rpc.call(tariffsRpc.own, input, as);
  }

  @Endpoint('GET', 'schedule', tariffsRpc.schedule)
  schedule(@Input() input: TariffsQueryDto, @Caller() { as }: SignedIn): Promise<TariffScheduleDto> {
    return this.runtime.rpc.call(tariffsRpc.schedule, input, as);
  }

  @Endpoint('PUT', 'schedule/:tariffId', tariffsRpc.add)
  add(@Input() input: TariffAddDto, @Caller() { as }: SignedIn): Promise<TariffRowDto> {
    return this.runtime.rpc.call(tariffsRpc.add, input, as);
  }

  @Endpoint('DELETE', 'schedule/:tariffId', tariffsRpc.withdraw, { answers: EmptyDto })
  async withdraw(@Input() input: TariffIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(tariffsRpc.withdraw, input, as);
  }
}

@ApiTags('tariffs')
@Controller('levels')
export class LevelsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', levelsRpc.list)
  list(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<LevelsDto> {
    return this.runtime.rpc.call(levelsRpc.list, input, as);
  }

  @Endpoint('PUT', ':level', levelsRpc.save)
  save(@Input() input: LevelDto, @Caller() { as }: SignedIn): Promise<LevelDto> {
    return this.runtime.rpc.call(levelsRpc.save, input, as);
  }

  @Endpoint('PUT', 'customers/:customerId', levelsRpc.set)
  set(@Input() input: CustomerLevelSetDto, @Caller() { as }: SignedIn): Promise<CustomerLevelDto> {
    return this.runtime.rpc.call(levelsRpc.set, input, as);
  }

  @Endpoint('GET', 'customers/:customerId/changes', levelsRpc.changes)
  changes(@Input() input: LevelChangesQueryDto, @Caller() { as }: SignedIn): Promise<LevelChangesDto> {
    return this.runtime.rpc.call(levelsRpc.changes, input, as);
  }
}
