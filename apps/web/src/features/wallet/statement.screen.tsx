import { Page } from '../../ui/page';
import { Statement, StatementActions } from '../../parts/wallet/statement';
import fa from './fa.json';

export function StatementScreen() {
  return (
    <Page title={fa.statement} extra={<StatementActions />}>
      <Statement />
    </Page>
  );
}
