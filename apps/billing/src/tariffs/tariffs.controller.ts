import { Controller } from '@nestjs/common';
import { EmptyDto } from '@peyk/contracts';
import { billingLevelsRpc, billingPricesRpc, billingTariffsRpc } from '@peyk/contracts/billing';
import type {
  CustomerLevelDto,
  CustomerLevelSetDto,
  LevelChangesDto,
  LevelChangesQueryDto,
  LevelDto,
  LevelsDto,
  OwnTariffsDto,
  PricesDto,
  PricesQueryDto,
  TariffAddDto,
  TariffIdDto,
  TariffRowDto,
  TariffScheduleDto,
  TariffsDto,
  TariffsQueryDto,
} from '@peyk/contracts/billing';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { LevelsService } from './levels.service';
import { TariffScheduleService } from './tariff-schedule.service';
import { TariffsService } from './tariffs.service';

@Controller()
export class TariffsController {
  constructor(
    private readonly tariffs: TariffsService,
    private readonly tariffSchedule: TariffScheduleService,
  ) {}

  @HandleRpc(billingPricesRpc.read)
  async prices(wanted: PricesQueryDto): Promise<PricesDto> {
    return this.tariffs.prices(wanted);
  }

  @HandleRpc(billingTariffsRpc.list)
  async list(): Promise<TariffsDto> {
    return this.tariffs.list();
  }

  @HandleRpc(billingTariffsRpc.own)
  async own(_input: EmptyDto, caller: Caller): Promise<OwnTariffsDto> {
    return this.tariffs.own(accountOf(caller));
  }

  @HandleRpc(billingTariffsRpc.schedule)
  async schedule(wanted: TariffsQueryDto): Promise<TariffScheduleDto> {
    return this.tariffSchedule.list(wanted);
  }

  @HandleRpc(billingTariffsRpc.add)
  async add(tariff: TariffAddDto, caller: Caller): Promise<TariffRowDto> {
    return this.tariffSchedule.add(accountOf(caller), tariff);
  }

  @HandleRpc(billingTariffsRpc.withdraw)
  async withdraw({ tariffId }: TariffIdDto): Promise<EmptyDto> {
    await this.tariffSchedule.withdraw(tariffId);
    return new EmptyDto();
  }
}

@Controller()
export class LevelsController {
  constructor(private readonly levels: LevelsService) {}

  @HandleRpc(billingLevelsRpc.list)
  async list(): Promise<LevelsDto> {
    return this.levels.list();
  }

  @HandleRpc(billingLevelsRpc.save)
  async save(level: LevelDto): Promise<LevelDto> {
    return this.levels.save(level);
  }

  @HandleRpc(billingLevelsRpc.set)
  async set(change: CustomerLevelSetDto, caller: Caller): Promise<CustomerLevelDto> {
    return this.levels.setByAdmin(accountOf(caller), change);
  }

  @HandleRpc(billingLevelsRpc.changes)
  async changes(wanted: LevelChangesQueryDto): Promise<LevelChangesDto> {
    return this.levels.changes(wanted);
  }
}
