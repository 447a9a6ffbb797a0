import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { AccountDto, BarcodeDto, BarcodeOwnerDto } from '@peyk/contracts/identity';
import { query, Transactions } from '@peyk/database';
import { endOfTehranDay } from '@peyk/persian';
import { DataSource } from 'typeorm';
import { toString as qrCode } from 'qrcode';
import { usernameOf } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit.service';
import type { ActedBy } from '../audit/audit.service';
import { IdentityConfig } from '../config';
import { deriveKey } from '../derived-key';
import { readBarcode, writeBarcode } from './barcode';

/** Made in the last hour of a day it is good for the next day too: a meeting may begin now. */
const leastLifeMs = 3_600_000;

/** Personal barcodes (IDN-018): one for each day, so that a photograph of it is worth nothing the day after. */
@Injectable()
export class BarcodesService {
  private readonly key: Buffer;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    config: IdentityConfig,
  ) {
    this.key = deriveKey(config.hashSecret, 'barcodes');
  }

  /** @throws account.notFound also of a disabled account */
  async mine(accountId: string): Promise<BarcodeDto> {
    if (!(await this.find(accountId))) throw new DomainError('account.notFound');
    const expiresAt = endOfTehranDay(new Date(Date.now() + leastLifeMs));
    const text = writeBarcode(this.key, accountId, expiresAt);
    const svg = await qrCode(text, { type: 'svg', errorCorrectionLevel: 'M' });
    return { text, expiresAt: expiresAt.toISOString(), svg };
  }

  /** @throws barcode.invalid: forged, expired, or of a disabled account */
  async read(text: string, by: ActedBy): Promise<BarcodeOwnerDto> {
    const accountId = readBarcode(this.key, text.trim(), new Date());
    const account = accountId && (await this.find(accountId));
    if (!account) throw new DomainError('barcode.invalid');
    const { id, name, username, roles } = account;
    await this.transactions.run((tx) =>
      this.audit.record(tx, { action: 'barcode.read', ...by, accountId: id }),
    );
    return { accountId: id, name, username, roles };
  }

  private async find(accountId: string): Promise<AccountDto | undefined> {
    const [account] = await query<AccountDto>(
      this.dataSource,
      `SELECT a.id, ${usernameOf}, a.name, a.roles FROM accounts a WHERE a.id = $1 AND NOT a.disabled`,
      [accountId],
    );
    return account;
  }
}
