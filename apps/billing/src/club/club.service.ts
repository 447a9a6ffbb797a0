import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { EventContract } from '@peyk/contracts';
import { billingEvents } from '@peyk/contracts/billing';
import type {
  ClubDto,
  RewardEventDto,
  ClubSettingsDto,
  OwnClubSettingsDto,
  RewardDto,
  RewardRefusalDto,
  RewardsDto,
  RewardsQueryDto,
} from '@peyk/contracts/billing';
import { execute, query, Transactions, uuidv7 } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { DataSource, type EntityManager } from 'typeorm';
import { v5 as uuidv5 } from 'uuid';
import { CustomersService } from '../customers/customers.service';
import { idPage } from '../id-page';
import { LedgerService } from '../ledger/ledger.service';
import { platformOwner, rewardStatesBefore } from './club.entity';

const defaultPageSize = 50;
const shownRewards = 20;
/** Of one cause; sums stay exact in a double. */
const pointsMax = 1_000_000_000_000;
/** Namespace of transfer ids that are derived from the reward. */
const transferNamespace = 'e0b8a7b2-6b7a-4d0c-9f57-3c1c2f0a5f64';
const reason = 'جایزه‌ی باشگاه مشتریان';

interface Member {
  readonly points: number;
  readonly claimed: number;
}
interface RewardRow extends Omit<RewardDto, 'createdAt' | 'decidedAt'> {
  readonly ownerId: string;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

const settingsColumns = `active, points_per_referral AS "pointsPerReferral", points_per_topup_step AS "pointsPerTopupStep",
  topup_step_rials AS "topupStepRials", threshold_points AS "thresholdPoints", reward_rials AS "rewardRials"`;
const rewardColumns = `r.id, r.customer_id AS "customerId", coalesce(c.name, '') AS "customerName", r.owner_id AS "ownerId", r.state,
  r.threshold_points AS "thresholdPoints", r.reward_rials AS "rewardRials", r.refusal, r.created_at AS "createdAt", r.decided_at AS "decidedAt"`;
const rewardFrom = 'club_rewards r LEFT JOIN customers c ON c.customer_id = r.customer_id';
/** A customer that went to another reseller is no longer seen by the one before. */
const stillOwners = `r.owner_id = coalesce(c.reseller_id, '${platformOwner}')`;

/**
 * Customer club. Each reseller has its own, and the platform one for direct customers. Points are earned once for each
 * cause; where those that were not claimed yet reach the threshold, a reward waits for approval; approved, credit and
 * points move in one transaction. A refused reward lowers no points, but what it claimed stays claimed: the next one
 * takes as many new points.
 *
 * Locks are taken in one order: the ledger's accounts, the member, the reward.
 */
@Injectable()
export class ClubService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly customers: CustomersService,
    private readonly ledger: LedgerService,
    private readonly outbox: Outbox,
  ) {}

  /** Points for a settled top-up. To be called after its credit, in the same transaction. A repeat changes nothing. */
  async onTopup(tx: EntityManager, customerId: string, topupId: string, amountRials: number): Promise<void> {
    const owner = (await this.customers.resellerOf(tx, customerId)) ?? platformOwner;
    const settings = await this.activeSettings(tx, owner);
    if (!settings) return;
    const steps = Math.floor(amountRials / settings.topupStepRials);
    await this.earn(tx, customerId, owner, settings, 'topup', topupId, steps * settings.pointsPerTopupStep);
  }

  /** Points of the referrer for an account that is new. To be called after all else in the transaction. */
  async onReferral(tx: EntityManager, referrerId: string, accountId: string): Promise<void> {
    const owner = (await this.customers.resellerOf(tx, referrerId)) ?? platformOwner;
    const settings = await this.activeSettings(tx, owner);
    if (!settings) return;
    await this.earn(tx, referrerId, owner, settings, 'referral', accountId, settings.pointsPerReferral);
  }

  /** The club page (BIL-017). */
  async read(customerId: string): Promise<ClubDto> {
    return this.transactions.run(
      async (tx) => {
        const owner = (await this.customers.resellerOf(tx, customerId)) ?? platformOwner;
        const rules = await this.activeSettings(tx, owner);
        const member = await this.member(tx, customerId, owner);
        const [introduced] = await query<{ count: number }>(
          tx,
          'SELECT count(*) AS count FROM customers WHERE referrer_id = $1',
          [customerId],
        );
        const rows = await query<RewardRow>(
          tx,
          `SELECT ${rewardColumns} FROM ${rewardFrom} WHERE r.customer_id = $1 AND r.owner_id = $2
            ORDER BY r.id DESC LIMIT ${shownRewards}`,
          [customerId, owner],
        );
        const awaiting = rows.some(({ state }) => state === 'awaiting');
        return {
          status: awaiting ? 'awaiting' : rules ? 'collecting' : 'inactive',
          points: member.points,
          pointsToReward: rules
            ? Math.max(0, rules.thresholdPoints - (member.points - member.claimed))
            : null,
          rules: rules ?? null,
          introducedUsers: introduced?.count ?? 0,
          rewards: rows.map(toDto),
        };
      },
      { isolation: 'REPEATABLE READ' },
    );
  }

  /** @param owner reseller, or `platformOwner` */
  async settings(owner: string): Promise<OwnClubSettingsDto> {
    const [settings] = await query<ClubSettingsDto>(
      this.dataSource,
      `SELECT ${settingsColumns} FROM club_settings WHERE owner_id = $1`,
      [owner],
    );
    return { settings: settings ?? null };
  }

  async saveSettings(owner: string, by: string, settings: ClubSettingsDto): Promise<OwnClubSettingsDto> {
    const { active, pointsPerReferral, pointsPerTopupStep, topupStepRials, thresholdPoints, rewardRials } =
      settings;
    await query(
      this.dataSource,
      `INSERT INTO club_settings (owner_id, active, points_per_referral, points_per_topup_step, topup_step_rials,
         threshold_points, reward_rials, updated_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (owner_id) DO UPDATE SET active = $2, points_per_referral = $3, points_per_topup_step = $4,
         topup_step_rials = $5, threshold_points = $6, reward_rials = $7, updated_by = $8, updated_at = now()`,
      [
        owner,
        active,
        pointsPerReferral,
        pointsPerTopupStep,
        topupStepRials,
        thresholdPoints,
        rewardRials,
        by,
      ],
    );
    return this.settings(owner);
  }

  async rewards(
    owner: string,
    { state, cursor, limit = defaultPageSize }: RewardsQueryDto,
  ): Promise<RewardsDto> {
    const page = idPage(cursor, limit);
    const rows = await query<RewardRow>(
      this.dataSource,
      `SELECT ${rewardColumns} FROM ${rewardFrom}
        WHERE r.owner_id = $1 AND ${stillOwners} AND ($2::text IS NULL OR r.state = $2) AND ($3::uuid IS NULL OR r.id < $3)
        ORDER BY r.id DESC LIMIT $4`,
      [owner, state ?? null, page.after, page.rows],
    );
    const { items, nextCursor } = page.cut(rows.map(toDto), ({ id }) => id);
    return { rewards: items, ...(nextCursor && { nextCursor }) };
  }

  /**
   * Credit from the reseller's wallet, or of the platform; once, however many approve at once.
   * @throws reward.notFound, reward.decided, wallet.insufficientCredit
   */
  async approve(owner: string, by: string, rewardId: string): Promise<RewardDto> {
    return this.transactions.run(async (tx) => {
      const reward = await this.rewardOf(tx, owner, rewardId);
      if (reward.state === 'granted') return toDto(reward);
      if (reward.state !== 'awaiting') throw new DomainError('reward.decided', { state: reward.state });
      const { customerId, rewardRials: amountRials, thresholdPoints } = reward;
      const terms = {
        transferId: uuidv5(rewardId, transferNamespace),
        kind: 'reward',
        amountRials,
        reason,
      } as const;
      const moved =
        owner === platformOwner
          ? await this.ledger.credit(tx, { ...terms, customerId })
          : await this.ledger.move(tx, { ...terms, fromId: owner, toId: customerId });
      const member = await this.lockMember(tx, customerId, owner);
      const granted = await this.decide(tx, reward, 'granted', by);
      if (!moved || !granted) return toDto(await this.rewardOf(tx, owner, rewardId));
      await execute(
        tx,
        `INSERT INTO club_points (cause, cause_id, customer_id, owner_id, points) VALUES ('reward', $1, $2, $3, -$4::bigint)`,
        [rewardId, customerId, owner, thresholdPoints],
      );
      await execute(
        tx,
        `UPDATE club_members SET points = points - $3, claimed_points = claimed_points - $3
          WHERE customer_id = $1 AND owner_id = $2`,
        [customerId, owner, thresholdPoints],
      );
      await this.tell(tx, billingEvents.rewardGranted, reward, '');
      await this.claimNext(tx, customerId, owner, {
        points: member.points - thresholdPoints,
        claimed: member.claimed - thresholdPoints,
      });
      return toDto(await this.rewardOf(tx, owner, rewardId));
    });
  }

  /** @throws reward.notFound, reward.decided */
  async refuse(owner: string, by: string, { rewardId, reason: why }: RewardRefusalDto): Promise<RewardDto> {
    return this.transactions.run(async (tx) => {
      const reward = await this.rewardOf(tx, owner, rewardId);
      const member = await this.lockMember(tx, reward.customerId, owner);
      if (await this.decide(tx, reward, 'refused', by, why)) {
        await this.tell(tx, billingEvents.rewardRefused, reward, why);
        await this.claimNext(tx, reward.customerId, owner, member);
      }
      return toDto(await this.rewardOf(tx, owner, rewardId));
    });
  }

  private async earn(
    tx: EntityManager,
    customerId: string,
    owner: string,
    settings: ClubSettingsDto,
    cause: 'referral' | 'topup',
    causeId: string,
    wanted: number,
  ): Promise<void> {
    const points = Math.min(wanted, pointsMax);
    if (points <= 0) return;
    const earned = await execute(
      tx,
      `INSERT INTO club_points (cause, cause_id, customer_id, owner_id, points) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [cause, causeId, customerId, owner, points],
    );
    if (earned === 0) return;
    const [member] = await query<Member>(
      tx,
      `INSERT INTO club_members AS m (customer_id, owner_id, points) VALUES ($1, $2, $3)
       ON CONFLICT (customer_id, owner_id) DO UPDATE SET points = m.points + $3
       RETURNING points, claimed_points AS claimed`,
      [customerId, owner, points],
    );
    if (member) await this.claim(tx, customerId, owner, settings, member);
  }

  private async claimNext(
    tx: EntityManager,
    customerId: string,
    owner: string,
    member: Member,
  ): Promise<void> {
    const settings = await this.activeSettings(tx, owner);
    if (settings) await this.claim(tx, customerId, owner, settings, member);
  }

  /** One reward for the unclaimed points, where they reach the threshold and none waits. The member is locked. */
  private async claim(
    tx: EntityManager,
    customerId: string,
    owner: string,
    { thresholdPoints, rewardRials }: ClubSettingsDto,
    { points, claimed }: Member,
  ): Promise<void> {
    if (points - claimed < thresholdPoints) return;
    const id = uuidv7();
    const made = await execute(
      tx,
      `INSERT INTO club_rewards (id, customer_id, owner_id, state, threshold_points, reward_rials)
         VALUES ($1, $2, $3, 'awaiting', $4, $5) ON CONFLICT DO NOTHING`,
      [id, customerId, owner, thresholdPoints, rewardRials],
    );
    if (made === 0) return;
    await execute(
      tx,
      'UPDATE club_members SET claimed_points = claimed_points + $3 WHERE customer_id = $1 AND owner_id = $2',
      [customerId, owner, thresholdPoints],
    );
    await this.tell(tx, billingEvents.rewardAwaiting, { id, customerId, ownerId: owner, rewardRials }, '');
  }

  /** @returns false when it was so decided before @throws reward.decided when otherwise */
  private async decide(
    tx: EntityManager,
    { id }: RewardRow,
    to: 'granted' | 'refused',
    by: string,
    refusal: string | null = null,
  ): Promise<boolean> {
    const moved = await execute(
      tx,
      `UPDATE club_rewards SET state = $2, decided_by = $3, decided_at = clock_timestamp(), refusal = $4
        WHERE id = $1 AND state = ANY($5)`,
      [id, to, by, refusal, rewardStatesBefore(to)],
    );
    if (moved === 1) return true;
    const [now] = await query<{ state: string }>(tx, 'SELECT state FROM club_rewards WHERE id = $1', [id]);
    if (now?.state !== to) throw new DomainError('reward.decided', { state: now?.state });
    return false;
  }

  /** Of a customer that belongs to the owner still. @throws reward.notFound */
  private async rewardOf(tx: EntityManager, owner: string, id: string): Promise<RewardRow> {
    const [row] = await query<RewardRow>(
      tx,
      `SELECT ${rewardColumns} FROM ${rewardFrom} WHERE r.id = $1 AND r.owner_id = $2 AND ${stillOwners}`,
      [id, owner],
    );
    if (!row) throw new DomainError('reward.notFound');
    return row;
  }

  private async lockMember(tx: EntityManager, customerId: string, owner: string): Promise<Member> {
    const [member] = await query<Member>(
      tx,
      `SELECT points, claimed_points AS claimed FROM club_members WHERE customer_id = $1 AND owner_id = $2
       FOR NO KEY UPDATE`,
      [customerId, owner],
    );
    if (!member) throw new Error('a reward without points');
    return member;
  }

  private async member(tx: EntityManager, customerId: string, owner: string): Promise<Member> {
    const [member] = await query<Member>(
      tx,
      'SELECT points, claimed_points AS claimed FROM club_members WHERE customer_id = $1 AND owner_id = $2',
      [customerId, owner],
    );
    return member ?? { points: 0, claimed: 0 };
  }

  private async activeSettings(tx: EntityManager, owner: string): Promise<ClubSettingsDto | undefined> {
    const [settings] = await query<ClubSettingsDto>(
      tx,
      `SELECT ${settingsColumns} FROM club_settings WHERE owner_id = $1 AND active`,
      [owner],
    );
    return settings;
  }

  private tell(
    tx: EntityManager,
    event: EventContract<RewardEventDto>,
    {
      id,
      customerId,
      ownerId,
      rewardRials,
    }: Pick<RewardRow, 'id' | 'customerId' | 'ownerId' | 'rewardRials'>,
    note: string,
  ): Promise<void> {
    return this.outbox.add(tx, event, `reward:${id}`, {
      rewardId: id,
      customerId,
      resellerId: ownerId === platformOwner ? null : ownerId,
      rewardRials,
      note,
    });
  }
}

function toDto({ ownerId: _ownerId, createdAt, decidedAt, ...row }: RewardRow): RewardDto {
  return { ...row, createdAt: createdAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null };
}
