import { Controller } from '@nestjs/common';
import { smsLineClassesRpc, smsLinePoolRpc, smsLinesRpc } from '@peyk/contracts/sms';
import type { EmptyDto, PageQueryDto } from '@peyk/contracts';
import type {
  AdminLineDto,
  AdminLinesDto,
  AdminLinesQueryDto,
  LineChangeDto,
  LineClassesDto,
  LineCreateDto,
  LineDto,
  LineIdDto,
  LinePoolDto,
  LinesDto,
  NewLineDto,
  PooledLineDto,
  PooledLineIdDto,
  SecretaryDto,
} from '@peyk/contracts/sms';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { LineAdministration } from './line-administration';
import { LinesService } from './lines.service';

@Controller()
export class LinesController {
  constructor(
    private readonly lines: LinesService,
    private readonly administration: LineAdministration,
  ) {}

  @HandleRpc(smsLinesRpc.list)
  list(_input: EmptyDto, caller: Caller): Promise<LinesDto> {
    return this.lines.listOf(accountOf(caller));
  }

  @HandleRpc(smsLinesRpc.setSecretary)
  setSecretary(input: SecretaryDto, caller: Caller): Promise<LineDto> {
    return this.lines.setSecretary(accountOf(caller), input);
  }

  @HandleRpc(smsLinesRpc.listAll)
  async listAll(filter: AdminLinesQueryDto): Promise<AdminLinesDto> {
    return this.administration.list(filter);
  }

  @HandleRpc(smsLineClassesRpc.list)
  async listClasses(): Promise<LineClassesDto> {
    return this.administration.listClasses();
  }

  @HandleRpc(smsLinesRpc.change)
  async change(input: LineChangeDto, caller: Caller): Promise<AdminLineDto> {
    return this.administration.change(accountOf(caller), input);
  }

  @HandleRpc(smsLinesRpc.create)
  create(input: LineCreateDto, caller: Caller): Promise<AdminLineDto> {
    return this.administration.create(accountOf(caller), input);
  }

  @HandleRpc(smsLinesRpc.retire)
  retire({ lineId }: LineIdDto, caller: Caller): Promise<AdminLineDto> {
    return this.administration.retire(accountOf(caller), lineId);
  }

  @HandleRpc(smsLinePoolRpc.list)
  async listPool(page: PageQueryDto): Promise<LinePoolDto> {
    return this.administration.listPool(page);
  }

  @HandleRpc(smsLinePoolRpc.add)
  addToPool(input: NewLineDto, caller: Caller): Promise<PooledLineDto> {
    return this.administration.addToPool(accountOf(caller), input);
  }

  @HandleRpc(smsLinePoolRpc.remove)
  removeFromPool({ pooledId }: PooledLineIdDto, caller: Caller): Promise<EmptyDto> {
    return this.administration.removeFromPool(accountOf(caller), pooledId);
  }
}
