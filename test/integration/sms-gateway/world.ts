import { randomUUID } from 'node:crypto';
import { DomainError, operators, ownerOf, rpcContracts } from '@peyk/contracts';
import { billingHoldsRpc, billingPricesRpc, billingWalletsRpc } from '@peyk/contracts/billing';
import { targetingListsRpc, targetingRecipientsRpc } from '@peyk/contracts/targeting';
import type { Operator, RpcContract } from '@peyk/contracts';
import type { HoldDto, HoldPlaceDto, PricesDto, WalletDto } from '@peyk/contracts/billing';
import type {
  OperatorCountDto,
  RecipientCountDto,
  RecipientCountQueryDto,
  RecipientListDto,
  RecipientPageDto,
  RecipientPageQueryDto,
  RecipientSearchDto,
  TypedListCallDto,
} from '@peyk/contracts/targeting';
import { mobileOperator, parseMobileNumber } from '@peyk/persian';

const countryCode = 980_000_000_000;

/** What `service` answers itself; dead letters are answered for it by libs/messaging. */
export const answersOf = (service: string): readonly RpcContract[] =>
  rpcContracts().filter(
    (contract) => ownerOf(contract) === service && !contract.name.includes('.deadLetters.'),
  );

/**
 * Billing and campaign-targeting as sms-gateway sees them: wallets, holds and lists in memory, by the rules that their
 * contracts state. `fails` makes the next calls of a name end otherwise.
 */
export class World {
  readonly credit = new Map<string, number>();
  readonly holds = new Map<string, HoldDto>();
  readonly lists = new Map<string, { customerId: string; numbers: number[] }>();
  readonly calls: string[] = [];
  /** By RPC name: what happens instead. `after`: the call is carried out and its answer lost. */
  readonly faults = new Map<string, { error: Error; after?: boolean; times: number }>();
  prices: Partial<Record<Operator, number>> = { mci: 1_330 };
  /** Users of this reseller pay the prices above; it pays so much less for a part. */
  resale: { readonly resellerId: string; readonly lessRials: number } | undefined;

  /** A customer with so much credit. */
  customer(creditRials = 1_000_000_000): string {
    const id = randomUUID();
    this.credit.set(id, creditRials);
    return id;
  }

  /** A ready list of `count` numbers of MCI. */
  list(customerId: string, count: number, first = 9_120_000_000): string {
    const id = randomUUID();
    this.lists.set(id, { customerId, numbers: Array.from({ length: count }, (_, index) => first + index) });
    return id;
  }

  held(customerId: string): number {
    return [...this.holds.values()]
      .filter((hold) => hold.customerId === customerId && hold.state === 'open')
      .reduce((sum, hold) => sum + hold.amountRials, 0);
  }

  async answer(name: string, input: object): Promise<object> {
    this.calls.push(name);
    const fault = this.faults.get(name);
    if (fault && --fault.times <= 0) this.faults.delete(name);
    if (fault && !fault.after) throw fault.error;
    const result = this.carryOut(name, input);
    if (fault) throw fault.error;
    return Promise.resolve(result);
  }

  private carryOut(name: string, input: object): object {
    switch (name) {
      case billingPricesRpc.read.name:
        return this.priceList();
      case billingWalletsRpc.read.name:
        return this.wallet((input as { customerId: string }).customerId);
      case billingHoldsRpc.place.name:
        return this.placeHold(input as HoldPlaceDto);
      case billingHoldsRpc.release.name: {
        const hold = this.holds.get((input as { holdId: string }).holdId);
        if (!hold) throw new DomainError('hold.notFound');
        const ended: HoldDto =
          hold.state === 'open' ? { ...hold, state: 'released', releasedRials: hold.amountRials } : hold;
        this.holds.set(hold.holdId, ended);
        return ended;
      }
      case billingHoldsRpc.read.name: {
        const { holdIds } = input as { holdIds: string[] };
        return { holds: holdIds.flatMap((id) => this.holds.get(id) ?? []) };
      }
      case targetingListsRpc.createTyped.name:
        return this.createTyped(input as TypedListCallDto);
      case targetingRecipientsRpc.count.name:
        return this.count(input as RecipientCountQueryDto);
      case targetingRecipientsRpc.page.name:
        return this.page(input as RecipientPageQueryDto);
      case targetingRecipientsRpc.find.name: {
        const { listId, customerId, msisdn } = input as RecipientSearchDto;
        const at = this.listOf(listId, customerId).indexOf(msisdn - countryCode);
        return at < 0 ? {} : { position: at + 1, operator: mobileOperator(msisdn - countryCode) };
      }
      default:
        throw new Error(`nobody answers ${name}`);
    }
  }

  private priceList(): PricesDto {
    const { resellerId, lessRials = 0 } = this.resale ?? {};
    return {
      resellerId,
      prices: operators.map((operator) => {
        const rialsPerPart = this.prices[operator] ?? 1_463;
        return { operator, rialsPerPart, costRialsPerPart: rialsPerPart - lessRials };
      }),
    };
  }

  private wallet(customerId: string): WalletDto {
    const postedRials = this.credit.get(customerId) ?? 0;
    const heldRials = this.held(customerId);
    const availableRials = Math.max(0, postedRials - heldRials);
    return { customerId, postedRials, heldRials, availableRials, alertRials: null };
  }

  private placeHold({ holdId, customerId, amountRials }: HoldPlaceDto): HoldDto {
    const known = this.holds.get(holdId);
    if (known) {
      if (known.customerId !== customerId || known.amountRials !== amountRials)
        throw new DomainError('hold.conflict');
      if (known.state !== 'open') throw new DomainError('hold.ended');
      return known;
    }
    const { availableRials } = this.wallet(customerId);
    if (amountRials > availableRials)
      throw new DomainError('wallet.insufficientCredit', { neededRials: amountRials, availableRials });
    const hold: HoldDto = {
      holdId,
      customerId,
      state: 'open',
      amountRials,
      capturedRials: 0,
      releasedRials: 0,
      refundedRials: 0,
    };
    this.holds.set(holdId, hold);
    return hold;
  }

  private createTyped({ customerId, numbers }: TypedListCallDto): RecipientListDto {
    const parsed = numbers.map(parseMobileNumber);
    const valid = [...new Set(parsed.filter((number) => number > 0))];
    if (valid.length === 0) throw new DomainError('list.empty');
    const id = randomUUID();
    this.lists.set(id, { customerId, numbers: valid });
    const invalid = parsed.filter((number) => number < 0).length;
    return {
      id,
      source: 'typed',
      title: '',
      state: 'ready',
      rows: numbers.length,
      valid: valid.length,
      duplicates: numbers.length - invalid - valid.length,
      invalid,
      blank: 0,
      bytes: 0,
      byOperator: byOperator(valid),
      createdAt: new Date().toISOString(),
    };
  }

  private listOf(listId: string, customerId: string): number[] {
    const list = this.lists.get(listId);
    if (list?.customerId !== customerId) throw new DomainError('list.notFound');
    return list.numbers;
  }

  private count({ listId, customerId, row = 1, count }: RecipientCountQueryDto): RecipientCountDto {
    const numbers = this.listOf(listId, customerId);
    const available = Math.max(0, numbers.length - row + 1);
    const recipients = count ?? available;
    if (recipients === 0 || recipients > available)
      throw new DomainError('list.sliceOutOfRange', { available });
    const slice = numbers.slice(row - 1, row - 1 + recipients);
    return { recipients, firstPosition: row, byOperator: byOperator(slice) };
  }

  private page({ listId, customerId, fromPosition, limit }: RecipientPageQueryDto): RecipientPageDto {
    const slice = this.listOf(listId, customerId).slice(fromPosition - 1, fromPosition - 1 + limit);
    return {
      msisdns: slice.map((number) => countryCode + number),
      operators: slice.map((number) => operators.indexOf(mobileOperator(number))),
    };
  }
}

function byOperator(numbers: readonly number[]): OperatorCountDto[] {
  const counts = new Map<Operator, number>();
  for (const number of numbers) {
    const operator = mobileOperator(number);
    counts.set(operator, (counts.get(operator) ?? 0) + 1);
  }
  return [...counts].map(([operator, recipients]) => ({ operator, recipients }));
}
