import { Link } from 'react-router';
import { AccountName } from '../../ui/account-picker';
import fa from './fa.json';

/** A customer by name; null: the platform itself, which is no account. */
export function Owner({ customerId }: { customerId: string | null }) {
  if (customerId === null) return <>{fa.platform}</>;
  return (
    <Link to={`/people/${customerId}`}>
      <AccountName accountId={customerId} />
    </Link>
  );
}
