import { Descriptions, Flex, Typography } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { fill, toman } from '../../ui/format';
import { actionName, fieldName } from './names';
import fa from './fa.json';
import './audit.css';

export type Entry = Schemas['AuditEntryDto'];

export function ActionName({ action }: { action: string }) {
  return <>{actionName(action) ?? <bdi className="ltr">{action}</bdi>}</>;
}

export function Actor({ actor: { accountId, name } }: { actor: Entry['actor'] }) {
  if (accountId) return <Link to={`/people/${accountId}`}>{name ?? <bdi>{accountId.slice(-8)}</bdi>}</Link>;
  return <>{name ? fill(fa.program, { name }) : fa.nobody}</>;
}

export function Subject({ accountId, accountName }: Pick<Entry, 'accountId' | 'accountName'>) {
  if (!accountId) return null;
  return <Link to={`/people/${accountId}`}>{accountName ?? <bdi>{accountId.slice(-8)}</bdi>}</Link>;
}

/** Everything that an entry knows: old and new values side by side, from where, and the request's id (IDN-221). */
export function EntryDetails({ changes, reason, address, device, requestId }: Entry) {
  const facts = [
    { key: 'reason', label: fa.reason, children: reason },
    { key: 'address', label: fa.address, children: address && <bdi className="ltr">{address}</bdi> },
    { key: 'device', label: fa.device, children: device && <Long>{device}</Long> },
    { key: 'request', label: fa.request, children: requestId && <Long>{requestId}</Long> },
  ].filter(({ children }) => children);
  return (
    <Flex vertical gap="small">
      {changes.length > 0 && <Changes changes={changes} />}
      {facts.length > 0 && <Descriptions size="small" column={{ xs: 1, lg: 2 }} items={facts} />}
    </Flex>
  );
}

function Changes({ changes }: Pick<Entry, 'changes'>) {
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label={fa.changes}>
      <table className="changes">
        <thead>
          <tr>
            <th scope="col">{fa.field}</th>
            <th scope="col">{fa.before}</th>
            <th scope="col">{fa.after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row">{fieldName(field) ?? <bdi className="ltr">{field}</bdi>}</th>
              <td>{before === null ? <Nothing /> : <del>{said(field, before)}</del>}</td>
              <td>{after === null ? <Nothing /> : <bdi>{said(field, after)}</bdi>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Amounts are kept in Rial and read in Toman. */
function said(field: string, value: string): string {
  return field.endsWith('Rials') && /^-?\d+$/.test(value) ? toman(Number(value)) : value;
}

function Nothing() {
  return <Typography.Text type="secondary">{fa.nothing}</Typography.Text>;
}

function Long({ children }: { children: string }) {
  return (
    <span className="ltr" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </span>
  );
}
