/**
 * How a link's contracted parts a second are divided among the worker sessions that hold its binds. Pure arithmetic, so
 * that the rule "never more than the contract" can be tested alone.
 */
export interface ShareHolder {
  readonly sessionId: string;
  /** Binds of the link that it holds; 0: it gets nothing. */
  readonly binds: number;
  /** Granted until now. */
  readonly granted: number;
  /** What the worker last said that it keeps to; after a cut it stays high until the worker has slowed down. */
  readonly applied: number;
}

/**
 * New grants. A cut acts at once; what it frees is given to others only when the worker has confirmed it (its `applied`
 * fell). `reserved`: parts a second of sessions that are gone but whose last second is not over.
 */
export function divideShares(
  contracted: number,
  holders: readonly ShareHolder[],
  reserved: number,
): Map<string, number> {
  const active = holders.filter((holder) => holder.binds > 0);
  const binds = active.reduce((sum, holder) => sum + holder.binds, 0);
  const grants = new Map<string, number>();
  // Largest remainder: integers that sum to the contract, in proportion to the binds.
  const targets = active
    .map((holder) => ({ holder, exact: (contracted * holder.binds) / binds }))
    .map(({ holder, exact }) => ({ holder, target: Math.floor(exact), rest: exact - Math.floor(exact) }));
  let left = contracted - targets.reduce((sum, { target }) => sum + target, 0);
  for (const entry of [...targets].sort(
    (a, b) => b.rest - a.rest || (a.holder.sessionId < b.holder.sessionId ? -1 : 1),
  )) {
    if (left > 0) {
      entry.target++;
      left--;
    }
  }
  for (const holder of holders) if (holder.binds === 0) grants.set(holder.sessionId, 0);
  let used = reserved;
  for (const holder of holders) {
    const target = targets.find((entry) => entry.holder === holder)?.target ?? 0;
    used += Math.max(Math.min(holder.granted, target), holder.applied);
  }
  for (const { holder, target } of targets) {
    if (target <= holder.granted) {
      grants.set(holder.sessionId, target);
      continue;
    }
    const counted = Math.max(holder.granted, holder.applied);
    const growth = Math.max(0, Math.min(target - counted, contracted - used));
    // Up to `counted` it is in the sum already.
    const grant = Math.max(holder.granted, Math.min(target, counted + growth));
    used += Math.max(0, grant - counted);
    grants.set(holder.sessionId, grant);
  }
  return grants;
}

/**
 * Which session holds which bind: as even as can be, moving as few as can be. `owners[i]` is the owner of bind i or
 * undefined; the answer names the wanted owner of each bind.
 */
export function balanceBinds(
  owners: readonly (string | undefined)[],
  sessions: readonly string[],
): (string | undefined)[] {
  if (sessions.length === 0) return owners.map(() => undefined);
  const most = Math.ceil(owners.length / sessions.length);
  const least = Math.floor(owners.length / sessions.length);
  const held = new Map(sessions.map((session) => [session, 0]));
  const wanted: (string | undefined)[] = owners.map((owner) => {
    const count = owner === undefined ? undefined : held.get(owner);
    if (owner === undefined || count === undefined || count >= most) return undefined;
    held.set(owner, count + 1);
    return owner;
  });
  const poorest = (): string => [...held].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
  for (const [index, owner] of wanted.entries()) {
    if (owner !== undefined) continue;
    const session = poorest();
    wanted[index] = session;
    held.set(session, (held.get(session) ?? 0) + 1);
  }
  // A session below the floor takes from one above it.
  for (let session = poorest(); (held.get(session) ?? 0) < least; session = poorest()) {
    const index = wanted.findIndex((owner) => owner !== undefined && (held.get(owner) ?? 0) > least);
    const giver = wanted[index];
    if (giver === undefined) break;
    wanted[index] = session;
    held.set(giver, (held.get(giver) ?? 0) - 1);
    held.set(session, (held.get(session) ?? 0) + 1);
  }
  return wanted;
}
