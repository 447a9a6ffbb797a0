import { Controller } from '@nestjs/common';
import { operationsRpc, smsRpc } from '@peyk/contracts';
import type {
  AdminLineDto,
  AdminLinesDto,
  AdminLinesQueryDto,
  EmptyDto,
  LineChangeDto,
  LineClassesDto,
  LineCreateDto,
  LineDto,
  LineIdDto,
  LinePoolDto,
  LinesDto,
  NewLineDto,
  PageQueryDto,
  PooledLineDto,
  PooledLineIdDto,
  SecretaryDto,
} from '@peyk/contracts';
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

  @HandleRpc(smsRpc.listLines)
  list(_input: EmptyDto, caller: Caller): Promise<LinesDto> {
    return this.lines.listOf(accountOf(caller));
  }

  @HandleRpc(smsRpc.setSecretary)
  setSecretary(input: SecretaryDto, caller: Caller): Promise<LineDto> {
    return this.lines.setSecretary(accountOf(caller), input);
  }

  @HandleRpc(operationsRpc.listLines)
  async listAll(filter: AdminLinesQueryDto): Promise<AdminLinesDto> {
    return this.administration.list(filter);
  }

  @HandleRpc(operationsRpc.listLineClasses)
  async listClasses(): Promise<LineClassesDto> {
    return this.administration.listClasses();
  }

  @HandleRpc(operationsRpc.changeLine)
  async change(input: LineChangeDto, caller: Caller): Promise<AdminLineDto> {
    return this.administration.change(accountOf(caller), input);
  }

  @HandleRpc(operationsRpc.createLine)
  create(input: LineCreateDto, caller: Caller): Promise<AdminLineDto> {
    return this.administration.create(accountOf(caller), input);
  }

  @HandleRpc(operationsRpc.retireLine)
  retire({ lineId }: LineIdDto, caller: Caller): Promise<AdminLineDto> {
    return this.administration.retire(accountOf(caller), lineId);
  }

  @HandleRpc(operationsRpc.listPool)
  async listPool(page: PageQueryDto): Promise<LinePoolDto> {
    return this.administration.listPool(page);
  }

  @HandleRpc(operationsRpc.addToPool)
  addToPool(input: NewLineDto, caller: Caller): Promise<PooledLineDto> {
    return this.administration.addToPool(accountOf(caller), input);
  }

  @HandleRpc(operationsRpc.removeFromPool)
  removeFromPool({ pooledId }: PooledLineIdDto, caller: Caller): Promise<EmptyDto> {
    return this.administration.removeFromPool(accountOf(caller), pooledId);
  }
}
