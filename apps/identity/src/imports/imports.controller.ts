import { Controller } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { identityImportsRpc } from '@peyk/contracts/identity';
import type { EmptyDto, PageQueryDto } from '@peyk/contracts';
import type {
  ImportAppendDto,
  ImportCloseDto,
  ImportDto,
  ImportErrorsDto,
  ImportErrorsQueryDto,
  ImportIdDto,
  ImportOpenDto,
  ImportsDto,
} from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { ImportsService } from './imports.service';

/** Admins only: the permission table says so. */
@Controller()
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @HandleRpc(identityImportsRpc.open)
  open(input: ImportOpenDto, caller: Caller): Promise<ImportDto> {
    return this.imports.open(accountOf(caller), input);
  }

  @HandleRpc(identityImportsRpc.append)
  append(input: ImportAppendDto): Promise<EmptyDto> {
    return this.imports.append(input);
  }

  @HandleRpc(identityImportsRpc.close)
  close({ importId, chunks }: ImportCloseDto): Promise<ImportDto> {
    return this.imports.close(importId, chunks);
  }

  @HandleRpc(identityImportsRpc.read)
  read({ importId }: ImportIdDto): Promise<ImportDto> {
    return this.imports.read(importId);
  }

  @HandleRpc(identityImportsRpc.list)
  list(input: PageQueryDto): Promise<ImportsDto> {
    return this.imports.list(input);
  }

  @HandleRpc(identityImportsRpc.errors)
  errors(input: ImportErrorsQueryDto): Promise<ImportErrorsDto> {
    return this.imports.errors(input);
  }

  @HandleRpc(identityImportsRpc.apply)
  apply({ importId }: ImportIdDto, caller: Caller): Promise<ImportDto> {
    return this.imports.apply(accountOf(caller), importId);
  }

  @HandleRpc(identityImportsRpc.cancel)
  cancel({ importId }: ImportIdDto): Promise<ImportDto> {
    return this.imports.cancel(importId);
  }
}

/** Somebody answers for what an import changes: no program may call. */
function accountOf({ principal }: Caller): string {
  if (principal?.kind !== 'user') throw new DomainError('access.denied');
  return principal.accountId;
}
