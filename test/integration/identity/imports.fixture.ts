import { uploadChunkBytes } from '@peyk/contracts';
import { identityImportsRpc } from '@peyk/contracts/identity';
import type { ImportDto, ImportErrorDto, ImportKind, ImportState } from '@peyk/contracts/identity';
import type { CallAs } from '@peyk/messaging';
import { eventually } from '@peyk/testing';
import type { IdentitySpec } from './replica';

/** The n-th valid national code (n below 10^7), a different one for each n. */
export function nationalCode(n: number): string {
  const digits = `21${String(n).padStart(7, '0')}`;
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += Number(digits[at]) * (10 - at);
  const rest = sum % 11;
  return `${digits}${rest < 2 ? rest : 11 - rest}`;
}

/** An admin with files. */
export class Importer {
  private constructor(
    readonly spec: IdentitySpec,
    readonly adminId: string,
    readonly as: CallAs,
  ) {}

  static async of(spec: IdentitySpec): Promise<Importer> {
    const admin = await spec.account({ roles: ['admin'] });
    const { accessToken } = await spec.signIn(admin.username, admin.password);
    return new Importer(spec, admin.id, { token: accessToken });
  }

  async upload(kind: ImportKind, content: string | Buffer, fileName = `${kind}.csv`): Promise<ImportDto> {
    const bytes = Buffer.from(content);
    const { id: importId } = await this.spec.call(identityImportsRpc.open, { kind, fileName }, this.as);
    let no = 0;
    for (let at = 0; at < bytes.length; at += uploadChunkBytes, no += 1) {
      const data = bytes.subarray(at, at + uploadChunkBytes).toString('base64');
      await this.spec.call(identityImportsRpc.append, { importId, no, data }, this.as);
    }
    return this.spec.call(identityImportsRpc.close, { importId, chunks: no }, this.as);
  }

  read(importId: string): Promise<ImportDto> {
    return this.spec.call(identityImportsRpc.read, { importId }, this.as);
  }

  until(importId: string, state: ImportState): Promise<ImportDto> {
    return eventually(
      async () => {
        const found = await this.read(importId);
        expect(found.state).toBe(state);
        return found;
      },
      { timeoutMs: 60_000 },
    );
  }

  async check(kind: ImportKind, content: string | Buffer, fileName?: string): Promise<ImportDto> {
    const { id } = await this.upload(kind, content, fileName);
    return this.until(id, 'checked');
  }

  async apply(importId: string): Promise<ImportDto> {
    await this.spec.call(identityImportsRpc.apply, { importId }, this.as);
    return this.until(importId, 'done');
  }

  async import(kind: ImportKind, content: string | Buffer, fileName?: string): Promise<ImportDto> {
    return this.apply((await this.check(kind, content, fileName)).id);
  }

  /** All faults, over as many pages as there are. */
  async errors(importId: string, limit?: number): Promise<ImportErrorDto[]> {
    const all: ImportErrorDto[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.spec.call(identityImportsRpc.errors, { importId, cursor, limit }, this.as);
      all.push(...page.errors);
      cursor = page.nextCursor;
    } while (cursor);
    return all;
  }
}

/** CSV of students from..to, each with national code, name and mobile. */
export function students(from: number, to: number): string {
  const lines = ['کد دانشجویی,کد ملی,نام,نام خانوادگی,موبایل'];
  for (let n = from; n < to; n += 1) {
    const mobile = `0912${String(n).padStart(7, '0')}`;
    lines.push(`s${n},${nationalCode(n)},علی,شماره${n},${mobile}`);
  }
  return lines.join('\n');
}
